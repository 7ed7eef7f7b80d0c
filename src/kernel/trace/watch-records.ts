import { z } from 'zod';
import { type Gap, gapCodes } from '../../core/path/recording/gap.ts';
import type { ConntrackEntry, Frame, Recording } from '../../core/path/recording/recording.ts';
import { jsonIn, Malformed } from '../exec/untrusted.ts';
import { decodeConntrack, ruleEvent, ruleHandle } from './decode.ts';
import { textOf, viewOf } from './netlink.ts';
import { Records } from './records.ts';

export type WatchResult = Pick<
  Recording,
  'frames' | 'events' | 'handles' | 'counted' | 'known' | 'connections' | 'gaps'
>;

/** Bytes in front of a frame: its time, its sll_pkttype, the device's name (IFNAMSIZ). */
const frameHead = 8 + 1 + 16;

const gapSchema = z.object({ code: z.enum(gapCodes) }).catchall(z.string().max(256)) satisfies z.ZodType<{
  code: Gap['code'];
}>;

/**
 * The reports of the watcher (py/hoplab_kernel/trace) so far. The machine's root controls them: every one is
 * a valid record, or Malformed.
 */
export class WatchRecords {
  readonly seen: WatchResult = {
    frames: [],
    events: [],
    handles: [],
    counted: [],
    known: [],
    connections: [],
    gaps: [],
  };
  /** The generation of nftables in a namespace, which the watcher's own table followed at once. */
  readonly armings: { cookie: string; generation: number }[] = [];
  readonly #names: readonly string[];
  readonly #records = new Records();
  /** The index of a conntrack entry in `seen`. */
  readonly #places = new Map<string, number>();
  #state: 'begun' | 'armed' | 'complete' = 'begun';

  /** @param names the nodes, in the order in which they are watched. */
  constructor(names: readonly string[]) {
    this.#names = names;
  }

  get armed(): boolean {
    return this.#state !== 'begun';
  }

  get complete(): boolean {
    return this.#state === 'complete';
  }

  /** @throws Malformed */
  take(data: Uint8Array): void {
    for (const record of this.#records.take(data)) this.#record(record);
  }

  #record(record: Uint8Array): void {
    if (record.length < 3) throw new Malformed(`a record of ${record.length} bytes`);
    const kind = String.fromCharCode(record[0] ?? 0);
    const node = this.#names[viewOf(record).getUint16(1, true)];
    if (node === undefined) throw new Malformed('a record of a node that is not watched');
    if (this.complete) throw new Malformed('a record after the last one');
    const body = record.subarray(3);
    const { frames, events, handles, counted, known, gaps } = this.seen;
    switch (kind) {
      case 'A':
        this.#state = 'armed';
        break;
      case 'Z':
        this.#state = 'complete';
        break;
      case 'F':
        frames.push(frameOf(node, body));
        break;
      case 'T':
        keep(events, ruleEvent(node, body));
        break;
      case 'V':
        this.#arming(body);
        break;
      case 'H':
        keep(handles, ruleHandle(node, body));
        break;
      case 'K':
        keep(counted, ruleHandle(node, body));
        break;
      case 'B':
        keep(known, decodeConntrack(node, body));
        break;
      case 'C':
        this.#connection(decodeConntrack(node, body));
        break;
      case 'G':
        gaps.push(gapOf(node, body));
        break;
      default:
        throw new Malformed(`a record of kind ${record[0]}`);
    }
  }

  #arming(body: Uint8Array): void {
    // A kernel that has no cookies reports none.
    if (body.length === 4) return;
    if (body.length !== 12) throw new Malformed(`a generation of ${body.length} bytes`);
    const cookie = Buffer.from(body.subarray(4)).toString('hex');
    this.armings.push({ cookie, generation: viewOf(body).getUint32(0, true) });
  }

  /** The watcher reports an entry when it begins and again when it changes: the last report holds. */
  #connection(entry: ConntrackEntry | null): void {
    if (entry === null) return;
    const { connections } = this.seen;
    const key = JSON.stringify([entry.node, entry.original]);
    const place = this.#places.get(key) ?? connections.length;
    this.#places.set(key, place);
    connections[place] = entry;
  }
}

function keep<T>(list: T[], value: T | null): void {
  if (value !== null) list.push(value);
}

/** sll_pkttype (packet(7)). */
const ways: Frame['way'][] = ['host', 'broadcast', 'multicast', 'otherhost', 'out'];

export function frameOf(node: string, body: Uint8Array): Frame {
  if (body.length < frameHead) throw new Malformed('a frame without its head');
  const way = ways[body[8] ?? 0] ?? 'otherhost';
  const link = textOf(body.subarray(9, frameHead));
  return { time: viewOf(body).getBigUint64(0, true), node, link, way, bytes: body.subarray(frameHead) };
}

function gapOf(node: string, body: Uint8Array): Gap {
  const gap = jsonIn(textOf(body), gapSchema, 4096);
  if (gap === null) throw new Malformed('a gap that is none');
  const { code, ...values } = gap;
  return { code, node, values };
}
