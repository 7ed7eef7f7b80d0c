import { readFile } from 'node:fs/promises';
import { nftTables } from '../../../src/core/state/nft.ts';
import type { Link, NodeState, Observation, Vlan } from '../../../src/core/state/observation.ts';
import { run } from '../../../src/kernel/exec/run.ts';
import { intoMachine, type NodePlace, networkOf, nodesOf } from '../../../src/kernel/place/enter.ts';
import { mountedNames } from '../../../src/kernel/place/unnamed.ts';
import { parseFdb, vlansIn } from './fdb.ts';
import { type IpAnswer, namePeers, parseIpAnswer, parsePolicies } from './links.ts';
import { parseConnected, parseListeners } from './listeners.ts';

const script = await readFile(new URL('./observe.sh', import.meta.url), 'utf8');

/**
 * The tools' view of a machine: the same as `observe`, by `ip`, `bridge`, `ss`, `grep` and the rules' own
 * programs of every node. The tests compare both.
 */
export async function observeByTools(pid: number, sysctls: readonly string[] = []): Promise<Observation> {
  const places = await nodesOf(pid);
  const keys = sysctls
    .filter((key) => key.startsWith('net.'))
    .map((key) => key.slice(4).replaceAll('.', '/'));
  const args = places.map((place) => `${place.name}=${coveredNetworkOf(place)}`);
  const ran = await run(
    intoMachine(pid, ['unshare', '--mount', 'sh', '-c', script, 'observe', ...args, '--', ...keys]),
    { maxOutput: 32 << 20, timeout: 60_000 },
  );
  const parts = partsOf(ran.stdout);
  const mounted = mountedNames(pid);
  // A namespace deleted between the listing and the look is no node any more, and what is no namespace never was one:
  // a file, a link that leads nowhere, a container that has ended.
  const there = places.filter(({ name }) => parts.has(`ip ${name}`) || mounted.has(name));
  if (!ran.stdout.endsWith('@end\n')) throw new Error(ran.stderr);
  const nodes: Record<string, NodeState> = {};
  const answers: Record<string, IpAnswer> = {};
  for (const { name, kind } of there) {
    const part = (key: string) => parts.get(`${key} ${name}`) ?? '';
    const answer = parseIpAnswer(part('ip'));
    if (answer === null) throw new Error(`ip: ${ran.stderr}`);
    const policies6 = parsePolicies(part('policies6'), 'ipv6');
    const fdb = parseFdb(part('fdb'));
    const vlans = vlansIn(part('fdb'));
    const nft = part('nft');
    const connected = parseConnected(part('connected'));
    if (policies6 === null) throw new Error(`ip: ${ran.stderr}`);
    if (fdb === null) throw new Error(`bridge: ${ran.stderr}`);
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
      ...(connected.length === 0 ? {} : { connected }),
    };
  }
  return namePeers({ nodes }, answers);
}

/** The path in observe.sh, which covers /run/netns. */
function coveredNetworkOf(place: NodePlace): string {
  return place.kind === 'netns' ? `/.hoplab/netns/${place.name}` : networkOf(place);
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
