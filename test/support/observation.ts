import { holds, isLinkLocal, networkOf } from '../../src/core/state/ip.ts';
import type {
  BridgePort,
  FdbEntry,
  Ipsec,
  Link,
  Listener,
  NodeState,
  Observation,
  PolicyRule,
  Route,
  Vlan,
  WireguardPeer,
} from '../../src/core/state/observation.ts';
import { preferenceOf } from '../../src/kernel/observe/routes.ts';

/** A node as tests write it: what people configure; the rest follows as the kernel makes it. */
export interface NodeSpec {
  kind?: NodeState['kind'];
  links?: Record<string, LinkSpec>;
  /** `DESTINATION [via A] [dev D] [src A] [metric N] [pref P]`, or a type in front: `blackhole 10.0.0.0/8`. */
  routes?: string[];
  sysctls?: Record<string, string>;
  /** Lines of iptables-save between `*table` and `COMMIT`, per table: `{ nat: ['-A POSTROUTING ...'] }`. */
  rules?: Record<string, string[]>;
  /** `tcp 0.0.0.0:80`. */
  listeners?: string[];
  /** `192.168.15.2 veth-red 02:00:00:00:00:01 REACHABLE`; `-` for no MAC. */
  neighbours?: string[];
  /** Besides the kernel's three of each family. */
  policies?: PolicyRule[];
  fdb?: FdbEntry[];
  /** Queues of netfilter that a program reads. */
  queues?: number[];
  ipsec?: Ipsec;
  /** The loopback is down in a new namespace. */
  loDown?: boolean;
}

export interface LinkSpec {
  kind?: string;
  up?: boolean;
  master?: string;
  /** `node:link`; one end is enough. */
  peer?: string;
  addresses?: string[];
  mac?: string;
  mtu?: number;
  /** The link below, of the same node. */
  parent?: string;
  details?: Record<string, string>;
  port?: Partial<BridgePort>;
  vlans?: Vlan[];
  peers?: WireguardPeer[];
}

const forwarding: BridgePort = {
  ...{ state: 'forwarding', isolated: false, hairpin: false, learning: true },
  flood: { unicast: true, multicast: true, broadcast: true },
};

/** A rule of the routing policy that fits every packet, less what is given. */
export function policy(given: Partial<PolicyRule> & Pick<PolicyRule, 'priority' | 'action'>): PolicyRule {
  return {
    ...{ family: 'ipv4', negated: false, from: null, to: null, iif: null, oif: null, mark: null, tos: null },
    ...{ protocol: null, sourcePorts: null, destinationPorts: null, other: false, text: '' },
    ...given,
  };
}

const defaultPolicies = (['ipv4', 'ipv6'] as const).flatMap((family) =>
  (
    [[0, 'local'], [32766, 'main'], ...(family === 'ipv4' ? ([[32767, 'default']] as const) : [])] as const
  ).map(([priority, table]) =>
    policy({
      ...{ family, priority, action: { kind: 'table', table, suppressPrefix: null } },
      text: `${priority}: from all lookup ${table}`,
    }),
  ),
);

export type Spec = Record<string, NodeSpec>;

/** The observation of such nodes: carrier from both ends, connected routes from addresses of links that are up. */
export function observe(spec: Spec): Observation {
  const nodes: Record<string, NodeState> = {};
  let index = 1;
  for (const [name, node] of Object.entries(spec)) {
    const links = Object.entries(node.links ?? {}).map(([link, one]) => linkOf(name, link, one, index++));
    nodes[name] = {
      kind: node.kind ?? (name === 'host' ? 'machine' : 'netns'),
      links: [loopback(node.loDown !== true), ...links],
      routes: [],
      policies: [...defaultPolicies, ...(node.policies ?? [])].toSorted((a, b) => a.priority - b.priority),
      fdb: node.fdb ?? [],
      neighbours: (node.neighbours ?? []).map(neighbourOf),
      sysctls: { 'net.ipv4.ip_forward': '0', ...node.sysctls },
      rules: { ipv4: saveOf(node.rules ?? {}), ipv6: '' },
      legacy: { ipv4: '', ipv6: '' },
      listeners: (node.listeners ?? []).map(listenerOf),
      ...(node.queues === undefined ? {} : { queues: node.queues }),
      ...(node.ipsec === undefined ? {} : { ipsec: node.ipsec }),
    };
  }
  pair(spec, nodes);
  carry(nodes);
  for (const [name, node] of Object.entries(nodes)) node.routes = routesOf(node, spec[name]?.routes ?? []);
  return { nodes };
}

/** A link with nothing special about it. */
export const plain = { lower: null, details: {}, port: null, queue: 'noqueue' };

function loopback(up: boolean): Link {
  const addresses = up ? [{ family: 'ipv4' as const, address: '127.0.0.1', prefix: 8, scope: 'host' }] : [];
  const base = { name: 'lo', index: 1, kind: 'loopback', mac: '00:00:00:00:00:00', mtu: 65536 };
  return { ...base, ...plain, up, carrier: up, master: null, peer: null, addresses };
}

function linkOf(node: string, name: string, spec: LinkSpec, index: number): Link {
  const hex = index.toString(16).padStart(2, '0');
  return {
    name,
    index: index + 1,
    kind: spec.kind ?? 'veth',
    mac: spec.mac ?? `02:00:00:00:00:${hex}`,
    mtu: spec.mtu ?? 1500,
    ...plain,
    lower: spec.parent === undefined ? null : { node, link: spec.parent },
    details: spec.details ?? {},
    port: spec.master ? { ...forwarding, ...spec.port } : null,
    ...(spec.vlans === undefined ? {} : { vlans: spec.vlans }),
    ...(spec.peers === undefined ? {} : { peers: spec.peers }),
    up: spec.up ?? true,
    carrier: false,
    master: spec.master || null,
    peer: null,
    addresses: (spec.addresses ?? []).map((text) => {
      const [address = '', prefix = '32'] = text.split('/');
      const family = address.includes(':') ? ('ipv6' as const) : ('ipv4' as const);
      const scope = isLinkLocal(address) ? 'link' : 'global';
      return { family, address, prefix: Number(prefix), scope };
    }),
  };
}

function pair(spec: Spec, nodes: Record<string, NodeState>): void {
  for (const [node, { links }] of Object.entries(spec)) {
    for (const [link, { peer }] of Object.entries(links ?? {})) {
      const [otherNode = '', otherLink = ''] = peer?.split(':') ?? [];
      const mine = nodes[node]?.links.find((one) => one.name === link);
      const other = nodes[otherNode]?.links.find((one) => one.name === otherLink);
      if (mine === undefined || other === undefined) continue;
      mine.peer = { node: otherNode, link: otherLink };
      other.peer = { node, link };
    }
  }
}

/** A veth has carrier while its other end is up; a bridge while one of its ports runs. */
function carry(nodes: Record<string, NodeState>): void {
  const all = Object.values(nodes).flatMap((node) => node.links);
  for (const link of all) {
    const peer =
      link.peer === null
        ? undefined
        : nodes[link.peer.node]?.links.find((one) => one.name === link.peer?.link);
    if (link.kind === 'veth') link.carrier = link.up && peer?.up === true;
    else if (link.kind !== 'bridge') link.carrier = link.up;
  }
  for (const node of Object.values(nodes)) {
    for (const bridge of node.links.filter((link) => link.kind === 'bridge')) {
      bridge.carrier = bridge.up && node.links.some((port) => port.master === bridge.name && port.carrier);
    }
  }
}

function routesOf(node: NodeState, texts: string[]): Route[] {
  const routes = node.links.flatMap((link) =>
    link.addresses.flatMap((one) => connected(link, one.address, one.prefix)),
  );
  for (const text of texts) {
    const route = routeOf(text);
    const by =
      route.via === null
        ? null
        : routes.find((one) => one.type === 'unicast' && holds(one.destination, route.via ?? ''));
    const dev = route.dev ?? by?.dev ?? null;
    const link = node.links.find((one) => one.name === dev);
    // The kernel removes the routes of a link that goes down and refuses gateways it cannot reach.
    if (route.type === 'unicast' && link?.up !== true) continue;
    routes.push({ ...route, dev });
  }
  return routes;
}

function connected(link: Link, address: string, prefix: number): Route[] {
  const v6 = address.includes(':');
  const base = {
    family: v6 ? ('ipv6' as const) : ('ipv4' as const),
    via: null,
    dev: link.name,
    nexthops: [],
    metric: 0,
    protocol: 'kernel',
  };
  const host = `${address}/${v6 ? 128 : 32}`;
  const local = { ...base, table: 'local', type: 'local', destination: host, source: address, scope: 'host' };
  const routes: Route[] = [{ ...local, text: `local ${address} dev ${link.name}` }];
  if (!link.up || prefix === (v6 ? 128 : 32) || link.kind === 'loopback') return routes;
  const destination = networkOf(address, prefix);
  const text = `${destination} dev ${link.name} proto kernel scope link src ${address}`;
  return [
    ...routes,
    { ...base, table: 'main', type: 'unicast', destination, source: address, scope: 'link', text },
  ];
}

function routeOf(text: string): Route {
  const words = text.split(' ');
  const typed = ['blackhole', 'unreachable', 'prohibit', 'throw'].includes(words[0] ?? '');
  const type = typed ? (words.shift() ?? '') : 'unicast';
  const destination = words[0] ?? 'default';
  const value = (key: string) => (words.includes(key) ? (words[words.indexOf(key) + 1] ?? null) : null);
  const v6 = text.includes(':');
  const full =
    destination === 'default' || destination.includes('/') ? destination : `${destination}/${v6 ? 128 : 32}`;
  return {
    family: v6 ? 'ipv6' : 'ipv4',
    table: value('table') ?? 'main',
    type,
    destination: full,
    via: value('via'),
    dev: value('dev'),
    nexthops: [],
    source: value('src'),
    metric: Number(value('metric') ?? 0),
    ...preferenceOf(value('pref')),
    scope: 'global',
    protocol: 'boot',
    text,
  };
}

const hooks: Record<string, string[]> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  raw: ['PREROUTING', 'OUTPUT'],
};

/** `-P FORWARD DROP` and `-N NAME` become chain lines, the rest stays as it is. */
function saveOf(rules: Record<string, string[]>): string {
  return Object.entries(rules)
    .map(([table, lines]) => {
      const policies = new Map(
        lines.filter((one) => one.startsWith('-P')).map((one) => [one.split(' ')[1], one.split(' ')[2]]),
      );
      const own = lines.filter((one) => one.startsWith('-N')).map((one) => `:${one.split(' ')[1]} - [0:0]`);
      const chains = (hooks[table] ?? []).map(
        (chain) => `:${chain} ${policies.get(chain) ?? 'ACCEPT'} [0:0]`,
      );
      return [
        `*${table}`,
        ...chains,
        ...own,
        ...lines.filter((one) => one.startsWith('-A')),
        'COMMIT',
        '',
      ].join('\n');
    })
    .join('');
}

function listenerOf(text: string): Listener {
  const [protocol, local = '', word, value] = text.split(' ');
  const colon = local.lastIndexOf(':');
  const address = local.slice(0, colon).replace(/^\[|\]$/g, '');
  return {
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    address,
    port: Number(local.slice(colon + 1)),
    process: word === 'process' && value ? value : null,
    ...(word === 'waiting' ? { waiting: Number(value) } : word === 'link' && value ? { link: value } : {}),
  };
}

function neighbourOf(text: string): NodeState['neighbours'][number] {
  const [address = '', dev = '', mac = '-', state = 'REACHABLE'] = text.split(' ');
  return { address, dev, mac: mac === '-' ? null : mac, state };
}
