import { followsForwarding, kernelDefault } from '../state/kernel-defaults.ts';
import type { Link, NodeState, Observation, Route } from '../state/observation.ts';
import { isUsual } from '../state/usual-policies.ts';
import { quoted } from './quote.ts';
import { ruleCommands } from './rules.ts';

/** A network as it can be made again: what the kernel has, less what it makes by itself. */
export interface Network {
  nodes: SavedNode[];
  cables: SavedCable[];
  left: LeftOut[];
}

export interface SavedNode {
  name: string;
  kind: 'machine' | 'host' | 'netns' | 'container';
  loUp: boolean;
  bridges: SavedLink[];
  /** Ends of cables. */
  ends: SavedLink[];
  sysctls: [key: string, value: string][];
  /** Arguments of `ip route add`. */
  routes: string[];
  /** Commands of `ip rule`, iptables and ip6tables. */
  rules: string[];
}

export interface SavedLink {
  name: string;
  up: boolean;
  mtu: number;
  master: string | null;
  addresses: string[];
}

interface SavedEnd {
  node: string;
  link: string;
}

export type SavedCable = [SavedEnd, SavedEnd];

/** What no form of it can have. */
export interface LeftOut {
  node: string;
  kind: 'node' | 'link' | 'listener' | 'nftables';
  name: string;
}

export function networkOf(observation: Observation): Network {
  const nodes: SavedNode[] = [];
  const left: LeftOut[] = [];
  const known = Object.entries(observation.nodes);
  for (const [name, state] of known) {
    if (state.kind === 'pod') left.push({ node: name, kind: 'node', name });
    else nodes.push(savedNode(name, state.kind, state));
    left.push(...leftIn(name, state, observation));
  }
  return { nodes, cables: cablesOf(observation), left };
}

function savedNode(name: string, kind: SavedNode['kind'], state: NodeState): SavedNode {
  const { links, sysctls, routes, policies, rules } = state;
  return {
    ...{ name, kind },
    loUp: links.some(({ kind, up }) => kind === 'loopback' && up),
    bridges: links.filter(isBridge).map(savedLink),
    ends: links.filter(isEnd).map(savedLink),
    sysctls: Object.entries(sysctls).filter(([key, value]) => isChanged(sysctls, key, value)),
    routes: routes.filter(isTyped).map(routeText),
    rules: [
      ...policies
        .filter((rule) => !isUsual(rule))
        .map(({ family, priority, text }) => policyText(family, priority, text)),
      ...ruleCommands('iptables', rules.ipv4),
      ...ruleCommands('ip6tables', rules.ipv6),
    ],
  };
}

const isBridge = ({ kind }: Link) => kind === 'bridge';
const isEnd = ({ kind, peer }: Link) => kind === 'veth' && peer !== null;

const savedLink = ({ name, up, mtu, master, addresses }: Link): SavedLink => ({
  ...{ name, up, mtu, master },
  addresses: addresses
    .filter(({ family, scope }) => !(family === 'ipv6' && scope === 'link'))
    .map(({ address, prefix }) => `${address}/${prefix}`),
});

function isChanged(sysctls: Readonly<Record<string, string>>, key: string, value: string): boolean {
  const usual = kernelDefault(key);
  return usual !== null && value !== usual && !followsForwarding(sysctls, key);
}

const isTyped = ({ table, protocol, type }: Route) =>
  table !== 'local' && protocol !== 'kernel' && protocol !== 'ra' && type !== 'multicast';

function routeText({
  type,
  destination,
  via,
  dev,
  nexthops,
  table,
  metric,
  source,
  mtu,
  family,
}: Route): string {
  const usual = family === 'ipv6' ? 1024 : 0;
  return [
    ...(type === 'unicast' ? [] : [type]),
    destination,
    ...(via === null ? [] : [`via ${via}`]),
    ...(dev === null ? [] : [`dev ${quoted(dev)}`]),
    ...(table === 'main' ? [] : [`table ${quoted(table)}`]),
    ...(metric === usual ? [] : [`metric ${metric}`]),
    ...(source === null ? [] : [`src ${source}`]),
    ...(mtu === undefined ? [] : [`mtu ${mtu}`]),
    ...nexthops.map(
      (hop) =>
        `nexthop ${hop.via === null ? '' : `via ${hop.via} `}dev ${quoted(hop.dev)} weight ${hop.weight}`,
    ),
  ].join(' ');
}

function policyText(family: 'ipv4' | 'ipv6', priority: number, text: string): string {
  const words = text.replace(/^\d+:\s*/, '').split(/\s+/);
  return `ip ${family === 'ipv6' ? '-6 ' : ''}rule add ${words.map(quoted).join(' ')} priority ${priority}`;
}

function cablesOf({ nodes }: Observation): SavedCable[] {
  const seen = new Set<string>();
  return Object.entries(nodes).flatMap(([node, { links }]) =>
    links.flatMap((link): SavedCable[] => {
      const { peer } = link;
      if (peer === null || !isEnd(link) || seen.has(`${node} ${link.name}`)) return [];
      seen.add(`${peer.node} ${peer.link}`);
      return [[{ node, link: link.name }, peer]];
    }),
  );
}

function leftIn(node: string, state: NodeState, { nodes }: Observation): LeftOut[] {
  const lost = state.links.filter(
    (link) =>
      !(
        isBridge(link) ||
        link.kind === 'loopback' ||
        (isEnd(link) && nodes[link.peer?.node ?? '']?.kind !== 'pod')
      ),
  );
  return [
    ...lost.map(({ name, kind }): LeftOut => ({ node, kind: 'link', name: `${name} (${kind})` })),
    ...state.listeners.map(
      ({ protocol, address, port, process }): LeftOut => ({
        ...{ node, kind: 'listener' },
        name: `${process ?? '?'} (${protocol} ${address}:${port})`,
      }),
    ),
    ...(state.nft ?? [])
      .filter(({ native }) => native)
      .map((table): LeftOut => ({ node, kind: 'nftables', name: `${table.family} ${table.name}` })),
  ];
}
