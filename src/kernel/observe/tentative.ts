import { run } from '../exec/run.ts';
import { intoMachine, networkOf, nodesOf } from '../machine/enter.ts';

/** Duplicate address detection takes up to 2 s: a random delay of up to 1 s, then one solicitation's wait (RFC 4862 5.4). */
const longest = 3000;

const look = `for path do nsenter "--net=$path" ip -j -6 address show tentative; done`;

interface TentativeLink {
  flags?: string[];
  addr_info?: { tentative?: boolean; dadfailed?: boolean }[];
}

/**
 * Resolves when no node's IPv6 address is tentative any more. Until then its node neither answers for it nor
 * solicits a neighbour from it (ndisc_send_ns takes no tentative source), so that a router whose link-local
 * address is a second old loses what it forwards. A link without carrier is not waited for: there the kernel
 * does not begin.
 */
export async function detectionDone(pid: number): Promise<void> {
  const paths = (await nodesOf(pid)).map(networkOf);
  const until = performance.now() + longest;
  let waiting = true;
  while (waiting && performance.now() < until) {
    const ran = await run(intoMachine(pid, ['sh', '-c', look, 'look', ...paths]));
    waiting = isWaiting(ran.stdout);
  }
}

/** One JSON list per node; what is no list is a node that was gone before it could answer. */
export function isWaiting(output: string): boolean {
  const links = output
    .split('\n')
    .filter((line) => line.startsWith('['))
    .flatMap((line) => JSON.parse(line) as TentativeLink[]);
  return links.some(
    ({ flags = [], addr_info = [] }) =>
      flags.includes('LOWER_UP') &&
      addr_info.some(({ tentative, dadfailed }) => tentative === true && dadfailed !== true),
  );
}
