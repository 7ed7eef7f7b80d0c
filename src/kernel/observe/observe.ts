import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { HoplabError } from '../../core/errors.ts';
import type { Ran } from '../../core/ports.ts';
import { nftTables } from '../../core/state/nft.ts';
import type { Link, NodeState, Observation, Vlan } from '../../core/state/observation.ts';
import { run } from '../exec/run.ts';
import { intoMachine, type NodePlace, networkOf, nodesOf } from '../place/enter.ts';
import { mountedNames } from '../place/unnamed.ts';
import { brokenTool } from './broken-tool.ts';
import { parseFdb, vlansIn } from './fdb.ts';
import { type IpAnswer, namePeers, parseIpAnswer, parsePolicies, pendingLinks } from './links.ts';
import { parseListeners } from './listeners.ts';

const script = await readFile(new URL('./observe.sh', import.meta.url), 'utf8');

/** Milliseconds for one look: none takes that long but on a machine that has no time for it. */
const longest = 60_000;

/** Bytes that one look may say. */
const most = 32 * 1024 * 1024;

/** A link whose two ends are up has its carrier at the latest after this many looks. */
const looksForCarrier = 5;

/**
 * Everything hoplab asks the kernel about a machine, in one process tree.
 * @param sysctls further `net.*` keys to read besides those always watched.
 */
export async function observe(pid: number, sysctls: readonly string[] = []): Promise<Observation> {
  for (let look = 1; ; look++) {
    const observation = await read(pid, sysctls);
    const pending = pendingLinks(observation);
    if (pending.length === 0 || look === looksForCarrier) return observation;
    await settle(pid, pending);
  }
}

async function read(pid: number, sysctls: readonly string[]): Promise<Observation> {
  const places = await nodesOf(pid);
  const keys = sysctls
    .filter((key) => key.startsWith('net.'))
    .map((key) => key.slice(4).replaceAll('.', '/'));
  const args = places.map((place) => `${place.name}=${coveredNetworkOf(place)}`);
  const ran = await run(
    intoMachine(pid, ['unshare', '--mount', 'sh', '-c', script, 'observe', ...args, '--', ...keys]),
    { maxOutput: most, timeout: longest },
  );
  const parts = partsOf(ran.stdout);
  const mounted = mountedNames(pid);
  // A namespace deleted between the listing and the look is no node any more, and what is no namespace never was one:
  // a file, a link that leads nowhere, a container that has ended.
  const there = places.filter(({ name }) => parts.has(`ip ${name}`) || mounted.has(name));
  const broken = brokenTool(
    ran,
    parts,
    there.map(({ name }) => name),
  );
  if (broken !== null) throw unobserved(pid, broken, ran);
  const nodes: Record<string, NodeState> = {};
  const answers: Record<string, IpAnswer> = {};
  for (const { name, kind } of there) {
    const part = (key: string) => parts.get(`${key} ${name}`) ?? '';
    const answer = parseIpAnswer(part('ip'));
    if (answer === null) throw unobserved(pid, 'ip', ran);
    const policies6 = parsePolicies(part('policies6'), 'ipv6');
    const fdb = parseFdb(part('fdb'));
    const vlans = vlansIn(part('fdb'));
    const nft = part('nft');
    if (policies6 === null) throw unobserved(pid, 'ip', ran);
    if (fdb === null) throw unobserved(pid, 'bridge', ran);
    answers[name] = answer;
    nodes[name] = {
      kind,
      links: answer.links.map((link) => ({ ...link, ...vlansOf(vlans, link.name) })),
      routes: answer.routes,
      policies: [...answer.policies, ...policies6],
      neighbours: answer.neighbours,
      fdb,
      sysctls: parseSysctls(part('sysctls')),
      rules: { ipv4: part('rules4'), ipv6: part('rules6') },
      legacy: { ipv4: part('legacy4'), ipv6: part('legacy6') },
      ...(nft.endsWith('# read\n') ? { nft: nftTables(nft) } : {}),
      listeners: parseListeners(part('listeners')),
    };
  }
  return namePeers({ nodes }, answers);
}

/** Nothing is known then: what could not be read must not look like something that is not there. */
function unobserved(pid: number, tool: string, { timedOut, truncated, stderr }: Ran): HoplabError {
  const gone = !existsSync(`/proc/${pid}/ns/net`);
  const output = stderr.slice(-4096);
  const failed = timedOut
    ? `it took longer than ${longest / 1000} s`
    : truncated
      ? `it says more than ${most >> 20} MiB`
      : `${tool} does not work in it`;
  const code = gone ? 'machine-gone' : 'feature-missing';
  const words = gone ? 'it has ended' : failed;
  return new HoplabError(code, `the machine could not be observed: ${words}`, { tool, output });
}

/** Where observe.sh finds it, which covers /run/netns. */
function coveredNetworkOf(place: NodePlace): string {
  return place.kind === 'netns' ? `/.hoplab/netns/${place.name}` : networkOf(place);
}

/**
 * Asking for one device makes the kernel deliver its delayed carrier event now (rtnl_getlink calls
 * linkwatch_sync_dev); a dump does not.
 */
async function settle(pid: number, pending: readonly { node: NodePlace; link: string }[]): Promise<void> {
  const text = pending
    .map(
      ({ node, link }) =>
        `nsenter --net=${networkOf(node)} ip link show dev '${link.replaceAll("'", "'\\''")}'`,
    )
    .join('\n');
  await run(intoMachine(pid, ['sh', '-c', text]));
}

function partsOf(output: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const chunk of output.split(/^@/m).slice(1)) {
    const end = chunk.indexOf('\n');
    parts.set(chunk.slice(0, end), chunk.slice(end + 1));
  }
  return parts;
}

/** `ipv4/ip_forward:0` -> `net.ipv4.ip_forward` = `0`; dots in device names are slashes, as sysctl(8) writes them. */
function parseSysctls(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0)
      values[`net.${line.slice(0, colon).replaceAll('.', '\0').replaceAll('/', '.').replaceAll('\0', '/')}`] =
        line.slice(colon + 1);
  }
  return values;
}

function vlansOf(ports: ReadonlyMap<string, Vlan[]>, link: string): Pick<Link, 'vlans'> {
  const vlans = ports.get(link);
  return vlans === undefined ? {} : { vlans };
}
