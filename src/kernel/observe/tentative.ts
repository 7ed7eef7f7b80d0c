import { setTimeout } from 'node:timers/promises';
import type { NodePlace } from '../place/enter.ts';
import { look } from './look.ts';
import { namesOf } from './netlink/names.ts';
import { nodeRecordsOf } from './node-records.ts';

/** Duplicate address detection takes up to 2 s: a random delay of up to 1 s, then one solicitation's wait (RFC 4862 5.4). */
const longest = 3000;

/** Milliseconds between two looks. */
const rest = 10;

/**
 * Resolves when no node's IPv6 address is tentative any more. Until then its node neither answers for it nor
 * solicits a neighbour from it (ndisc_send_ns takes no tentative source), so that a router whose link-local
 * address is a second old loses forwarded packets. Does not wait for a link without carrier: there the kernel
 * does not begin.
 * @param places the machine's nodes, listed just now.
 * @returns whether it had to wait.
 */
export async function detectionDone(pid: number, places: readonly NodePlace[]): Promise<boolean> {
  const until = performance.now() + longest;
  let waited = false;
  for (; performance.now() < until && (await isWaiting(pid, places)); waited = true) await setTimeout(rest);
  return waited;
}

/** A node that cannot be read is not waited for: the next question reports it. */
async function isWaiting(pid: number, places: readonly NodePlace[]): Promise<boolean> {
  const { records: lookRecords } = await look(pid, { places, alone: new Map(), settings: [] });
  const kept = Map.groupBy(lookRecords ?? [], ({ node }) => node);
  return [...kept.values()].some((own) => nodeRecordsOf(own, namesOf([])).tentative);
}
