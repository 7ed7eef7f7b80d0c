import { setTimeout } from 'node:timers/promises';
import { nodesOf } from '../place/enter.ts';
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
 */
export async function detectionDone(pid: number): Promise<void> {
  const places = await nodesOf(pid);
  const until = performance.now() + longest;
  while (performance.now() < until && (await isWaiting(pid, places))) await setTimeout(rest);
}

/** A node that cannot be read is not waited for: the next question reports it. */
async function isWaiting(pid: number, places: Awaited<ReturnType<typeof nodesOf>>): Promise<boolean> {
  const { records: lookRecords } = await look(pid, { places, alone: new Map(), settings: [] });
  const kept = Map.groupBy(lookRecords ?? [], ({ node }) => node);
  return [...kept.values()].some((own) => nodeRecordsOf(own, namesOf([])).tentative);
}
