import { run } from '../exec/run.ts';
import { intoMachine, type NodePlace, networkOf } from '../place/enter.ts';

/** Bytes and milliseconds of all rule sets together. */
const [most, longest] = [16 * 1024 * 1024, 10_000];

/** Stands behind the last line of a node: a listing without it is not whole. */
const mark = '@hoplab-end-of-rules';

const look = `for path do
  [ ! -f "$path" ] || { echo "@$path"; nsenter "--net=$path" nft -a list ruleset 2>/dev/null && echo ${mark}; }
done`;

/**
 * The rules of each node as nft lists them, including those that iptables-save leaves out: families netdev,
 * arp, bridge and inet, sets, tables of other programs. A node that cannot be read to its end is left out.
 */
export async function nftOf(pid: number, nodes: readonly NodePlace[]): Promise<Record<string, string>> {
  const paths = nodes.map(networkOf);
  const ran = await run(intoMachine(pid, ['sh', '-c', look, 'look', ...paths]), {
    maxOutput: most,
    timeout: longest,
  });
  const texts: Record<string, string> = {};
  const chunks = ran.stdout.split(/^@(?=\/)/m).slice(1);
  for (const chunk of chunks.filter((each) => each.endsWith(`${mark}\n`))) {
    const end = chunk.indexOf('\n');
    const node = nodes[paths.indexOf(chunk.slice(0, end))];
    if (node !== undefined) texts[node.name] = chunk.slice(end + 1, chunk.lastIndexOf(mark));
  }
  return texts;
}
