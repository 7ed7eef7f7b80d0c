import { type Heard, hear, startProgram } from '../exec/python-server.ts';
import type { Started } from '../exec/start.ts';
import { groupOf, type NodePlace, networkOf } from '../place/enter.ts';
import { viewOf } from '../trace/netlink.ts';

/** Milliseconds for one look: none takes that long but on a machine that has no time for it. */
export const longest = 60_000;

/** Bytes that one look may say: 100,000 routes are a third of it. */
export const most = 32 * 1024 * 1024;

/** The record behind all others. */
const end = Buffer.from([3, 0, 0, 0, 'Z'.charCodeAt(0), 0, 0]);

/** One of the records of py/hoplab_kernel/look: its kind, its node, and the kernel's message. */
export interface LookRecord {
  kind: string;
  /** The node's place in the question. */
  node: number;
  payload: Uint8Array;
}

/** Null where a look has not come to its end, and why. */
export type Look = { records: LookRecord[]; why: null } | { records: null; why: string };

interface LookRequest {
  places: readonly NodePlace[];
  /** Links to be asked for on their own, by the node's place. */
  alone: ReadonlyMap<string, number[]>;
  /** Paths below /proc/sys/net. */
  settings: readonly string[];
}

/** A process that joins the machine while its nodes are still being listed. */
export type Reader = Promise<Started>;

export function startReader(pid: number): Reader {
  const reader = startProgram({ program: 'look', machine: pid, group: groupOf(pid) });
  // Whoever looks with it hears of it.
  reader.catch(() => {});
  return reader;
}

/** It is not wanted after all. */
export function endReader(reader: Reader): void {
  void reader.then(
    ({ end }) => end(),
    () => {},
  );
}

/** Asks the kernel about every node of a machine, by one process that joins it and executes nothing of it. */
export async function look(
  pid: number,
  { places, alone, settings }: LookRequest,
  reader = startReader(pid),
): Promise<Look> {
  const nodes = places.map((place) => [networkOf(place), alone.get(place.name) ?? []]);
  const input = JSON.stringify({ nodes, settings });
  const heard = await hear(await reader, input, {
    most,
    timeout: longest,
    last: end,
  });
  const records = recordsIn(heard.bytes);
  const cut = records.find(({ kind }) => kind === 'X');
  if (cut !== undefined)
    return { records: null, why: `its reader says: ${Buffer.from(cut.payload).toString()}` };
  if (records.at(-1)?.kind === 'Z') return { records: records, why: null };
  return { records: null, why: whyCut(heard) };
}

function whyCut({ timedOut, truncated }: Heard): string {
  if (timedOut) return `it took longer than ${longest / 1000} s`;
  return truncated ? `it says more than ${most >> 20} MiB` : 'its reader ended before its end';
}

/** Records, each `u32 length, u8 kind, u16 node, payload`; drops a truncated one. */
function recordsIn(heard: Buffer): LookRecord[] {
  // A part of a Buffer costs several times one of these.
  const bytes = new Uint8Array(heard.buffer, heard.byteOffset, heard.length);
  const view = viewOf(bytes);
  const records: LookRecord[] = [];
  for (let at = 0; at + 7 <= bytes.length; ) {
    const end = at + 4 + view.getUint32(at, true);
    if (end > bytes.length || end < at + 7) break;
    records.push({
      kind: String.fromCharCode(bytes[at + 4] ?? 0),
      node: view.getUint16(at + 5, true),
      payload: bytes.subarray(at + 7, end),
    });
    at = end;
  }
  return records;
}
