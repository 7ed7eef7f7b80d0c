import { styleText } from 'node:util';
import {
  fdbLines,
  ipsecLines,
  linkDetails,
  nftLines,
  policyLines,
  settingLines,
} from '../../protocol/extras.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Words } from '../../words/en/cli.ts';
import { ruleLines } from './rules.ts';
import { pad, width } from './width.ts';

type Observation = Result<'topology.get'>;
type NodeState = Observation['nodes'][string];
type Link = NodeState['links'][number];
type TopologyWords = Words['topology'];

/** Every node as a card: its links with their other ends, then its handling of packets. */
export function topologyText({ nodes }: Observation, words: TopologyWords): string {
  return Object.entries(nodes)
    .map(([name, node]) => card(name, node, words))
    .join('\n\n');
}

function card(name: string, node: NodeState, words: TopologyWords): string {
  const lines = [
    ...linkLines(node.links, words),
    ...section(
      words.routes,
      node.routes.filter(wanted).map(({ text }) => text),
    ),
    ...section(words.policies, policyLines(node)),
    ...section(words.ipsec, ipsecLines(node)),
    ...section(
      words.neighbours,
      node.neighbours.map(({ address, dev, mac, state }) =>
        [address, 'dev', dev, mac ?? '', state].join(' '),
      ),
    ),
    ...section(words.fdb, fdbLines(node)),
    ...section(words.rules, [
      ...ruleLines(node.rules.ipv4),
      ...ruleLines(node.rules.ipv6, 'ip6tables'),
      ...ruleLines(node.legacy.ipv4, 'iptables-legacy'),
      ...ruleLines(node.legacy.ipv6, 'ip6tables-legacy'),
    ]),
    ...section(words.nft, nftLines(node)),
    ...section(
      words.listeners,
      node.listeners.map(({ protocol, address, port, process }) =>
        [protocol, `${address.includes(':') ? `[${address}]` : address}:${port}`, process ?? ''].join(' '),
      ),
    ),
    ...section(words.sysctls, settingLines(node)),
  ];
  const title = `${styleText('bold', name)}  ${styleText('dim', words[node.kind])}`;
  const side = styleText('dim', '│');
  return [`${styleText('dim', '┌')} ${title}`, ...lines.map((line) => `${side} ${line}`)].join('\n');
}

/**
 * Routes that the kernel keeps for itself (its own addresses, broadcasts, multicast) would hide the
 * configured ones.
 */
function wanted({ table, type, destination, protocol }: NodeState['routes'][number]): boolean {
  if (table === 'local' || ['local', 'broadcast', 'anycast', 'multicast'].includes(type)) return false;
  return !(protocol === 'kernel' && /^(fe80|ff00)::/.test(destination));
}

function linkLines(links: Link[], words: TopologyWords): string[] {
  const rows = links.map((link) => [
    link.name,
    link.kind,
    stateOf(link, words),
    addressesOf(link),
    [
      ...(link.peer ? [`${styleText('dim', '━━')} ${link.peer.node}:${link.peer.link}`] : []),
      ...(link.master ? [words.in(link.master)] : []),
      ...linkDetails(link),
    ].join('  '),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => width(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function stateOf(link: Link, words: TopologyWords): string {
  if (!link.up) return styleText('red', words.down);
  return link.carrier ? styleText('green', words.up) : styleText('yellow', words.noCarrier);
}

/** Link-local IPv6 addresses come by themselves and are not part of the lab. */
function addressesOf({ addresses }: Link): string {
  return addresses
    .filter(({ family, scope }) => !(family === 'ipv6' && scope === 'link'))
    .map(({ address, prefix }) => `${address}/${prefix}`)
    .join(' ');
}

function section(title: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [styleText('dim', title), ...lines.map((line) => `  ${line}`)];
}
