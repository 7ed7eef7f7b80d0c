import { z } from 'zod';
import { run } from '../exec/run.ts';
import { jsonIn } from '../exec/untrusted.ts';
import { intoMachine, networkOf, nodesOf } from '../place/enter.ts';

/** Duplicate address detection takes up to 2 s: a random delay of up to 1 s, then one solicitation's wait (RFC 4862 5.4). */
const longest = 3000;

/** What is no file is no namespace, and a FIFO would be waited for. */
const look = `for path do [ ! -f "$path" ] || nsenter "--net=$path" ip -j -6 address show tentative; done`;

const schema = z.array(
  z.object({
    flags: z.array(z.string()).optional(),
    addr_info: z
      .array(z.object({ tentative: z.boolean().optional(), dadfailed: z.boolean().optional() }))
      .optional(),
  }),
);

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
    const ran = await run(intoMachine(pid, ['sh', '-c', look, 'look', ...paths]), { timeout: longest });
    waiting = isWaiting(ran.stdout);
  }
}

/** One JSON list per node; what is none is a node that was gone before it could answer, or waits for nothing. */
export function isWaiting(output: string): boolean {
  const links = output
    .split('\n')
    .filter((line) => line.startsWith('['))
    .flatMap((line) => jsonIn(line, schema) ?? []);
  return links.some(
    ({ flags = [], addr_info = [] }) =>
      flags.includes('LOWER_UP') &&
      addr_info.some(({ tentative, dadfailed }) => tentative === true && dadfailed !== true),
  );
}
