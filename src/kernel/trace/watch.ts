import { readFile } from 'node:fs/promises';
import { HoplabError } from '../../core/errors.ts';
import type { Gap } from '../../core/path/trace/gap.ts';
import type { Connected, Frame, Recording, Tuple } from '../../core/path/trace/recording.ts';
import { type Started, start } from '../exec/start.ts';
import { joining, type NodePlace, networkOf } from '../machine/enter.ts';
import { connected, ruleEvent, ruleHandle } from './decode.ts';
import { textOf, viewOf } from './netlink.ts';

const program = (
  await Promise.all(
    ['../netlink.py', './table.py', './filter.py', './watch.py'].map((file) =>
      readFile(new URL(file, import.meta.url), 'utf8'),
    ),
  )
).join('\n');

export type Watched = Pick<Recording, 'frames' | 'events' | 'handles' | 'counted' | 'connections' | 'gaps'>;

/** What the watching process is told: where to look, and which packets' rules to trace. */
export interface Orders {
  places: { place: NodePlace; bridge: boolean }[];
  /** Frames and rules of other packets are not told. */
  rules: TraceRule[];
}

/** IP protocol, and the bytes at an offset of its header. */
export type TraceRule = [protocol: number, offset: number, hex: string];

/** Milliseconds it may take until every node is watched; a tenth of a second is usual. */
const startTime = 10_000;

/** One process that joins the machine and watches all of its nodes (watch.py). */
export class Watch {
  readonly #process: Started;
  readonly #seen: Watched = { frames: [], events: [], handles: [], counted: [], connections: [], gaps: [] };
  #names: string[] = [];
  #rest: Buffer = Buffer.alloc(0);
  #armed: () => void = () => {};
  #complete: () => void = () => {};
  readonly #told: () => void;
  #errors = '';

  /** Starts the process; it waits for `arm`. */
  constructor(pid: number, told: () => void) {
    this.#told = told;
    this.#process = start(joining(pid, program));
    this.#process.stdout.on('data', (data: Buffer) => this.#take(data));
    this.#process.stderr.on('data', (data) => {
      this.#errors += data;
    });
  }

  get seen(): Watched {
    return this.#seen;
  }

  /** Resolves when every node is watched. */
  async arm({ places, rules }: Orders): Promise<void> {
    this.#names = places.map(({ place }) => place.name);
    const nodes = places.map(({ place, bridge }) => [networkOf(place), bridge]);
    const armed = new Promise<true>((resolve) => {
      this.#armed = () => resolve(true);
    });
    this.#process.stdin.write(`${JSON.stringify({ nodes, rules })}\n`);
    // A process that hangs is ended, or the session's queue would wait for it for ever.
    const timer = setTimeout(() => void this.#process.stop(), startTime);
    const ready = await Promise.race([armed, this.#process.ended]);
    clearTimeout(timer);
    if (ready === true) return;
    const output = this.#errors.trim();
    throw new HoplabError('feature-missing', `the machine cannot be watched: ${output}`, { output });
  }

  /** Ends the watching; everything seen until now is in the answer. Its tables go while the answer is read. */
  async stop(): Promise<Watched> {
    const complete = new Promise<void>((resolve) => {
      this.#complete = resolve;
    });
    this.end();
    await Promise.race([complete, this.#process.ended]);
    this.#seen.frames.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    return this.#seen;
  }

  /** Nothing more to watch: the end of its input is what the process waits for, also when the daemon dies. */
  end(): void {
    this.#process.stdin.end();
  }

  #take(data: Buffer): void {
    this.#rest = this.#rest.length === 0 ? data : Buffer.concat([this.#rest, data]);
    let at = 0;
    while (this.#rest.length >= at + 4) {
      const size = this.#rest.readUInt32LE(at);
      if (this.#rest.length < at + 4 + size) break;
      this.#record(this.#rest.subarray(at + 4, at + 4 + size));
      at += 4 + size;
    }
    this.#rest = this.#rest.subarray(at);
    this.#told();
  }

  #record(record: Uint8Array): void {
    const node = this.#names[viewOf(record).getUint16(1, true)] ?? '';
    const body = record.subarray(3);
    const { frames, events, handles, counted, connections, gaps } = this.#seen;
    const keep = <T>(list: T[], value: T | null) => {
      if (value !== null) list.push(value);
    };
    switch (String.fromCharCode(record[0] ?? 0)) {
      case 'A':
        this.#armed();
        break;
      case 'Z':
        this.#complete();
        break;
      case 'F':
        frames.push(frameOf(node, body));
        break;
      case 'T':
        keep(events, ruleEvent(node, body));
        break;
      case 'H':
        keep(handles, ruleHandle(node, body));
        break;
      case 'K':
        keep(counted, ruleHandle(node, body));
        break;
      case 'C':
        remember(connections, connected(node, body));
        break;
      case 'G': {
        const { code, ...values } = JSON.parse(textOf(body)) as { code: Gap['code'] } & Gap['values'];
        gaps.push({ code, node, values });
        break;
      }
    }
  }
}

/** sll_pkttype (packet(7)). */
const ways: Frame['way'][] = ['host', 'broadcast', 'multicast', 'otherhost', 'out'];

function frameOf(node: string, body: Uint8Array): Frame {
  const way = ways[body[8] ?? 0] ?? 'otherhost';
  const link = textOf(body.subarray(9, 25));
  return { time: viewOf(body).getBigUint64(0, true), node, link, way, bytes: body.slice(25) };
}

/** An entry is told when it begins and again when it changes: what was told last holds. */
function remember(list: Connected[], told: Connected | null): void {
  if (told === null) return;
  const known = list.findIndex(({ node, original }) => node === told.node && same(original, told.original));
  if (known < 0) list.push(told);
  else list[known] = told;
}

function same(one: Tuple, other: Tuple): boolean {
  return (Object.keys(one) as (keyof Tuple)[]).every((key) => one[key] === other[key]);
}
