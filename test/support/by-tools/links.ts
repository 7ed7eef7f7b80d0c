import { z } from 'zod';
import type {
  Address,
  Link,
  Neighbour,
  Observation,
  PolicyRule,
  Route,
} from '../../../src/core/state/observation.ts';
import { jsonIn } from '../../../src/kernel/exec/untrusted.ts';
import { neighbourOf, neighbourSchema } from './neighbours.ts';
import { policyOf, policySchema } from './policies.ts';
import { portOf } from './ports.ts';
import { routeOf, routeSchema } from './routes.ts';

/** The answer of `ip -j -d -batch` for one node, peers still as numbers. */
export interface IpAnswer {
  links: Link[];
  routes: Route[];
  neighbours: Neighbour[];
  /** Of IPv4. */
  policies: PolicyRule[];
  /** link name -> the other end (of a veth), or the link below's ifindex and the number by which this namespace knows the other one. */
  peers: Map<string, { index: number; nsid: number | null }>;
  /** nsid -> node name. */
  names: Map<number, string>;
}

const linkSchema = z.object({
  ifindex: z.number(),
  ifname: z.string(),
  link_index: z.number().optional(),
  link_netnsid: z.number().optional(),
  link: z.string().nullish(),
  flags: z.array(z.string()),
  mtu: z.number(),
  master: z.string().optional(),
  link_type: z.string(),
  address: z.string().optional(),
  qdisc: z.string().optional(),
  linkinfo: z
    .object({
      info_kind: z.string().optional(),
      info_data: z.record(z.string(), z.unknown()).optional(),
      info_slave_kind: z.string().optional(),
      info_slave_data: z.unknown().optional(),
    })
    .optional(),
  addr_info: z
    .array(
      z.object({
        family: z.string(),
        local: z.string().optional(),
        prefixlen: z.number().optional(),
        scope: z.string().optional(),
        deprecated: z.boolean().optional(),
        secondary: z.boolean().optional(),
      }),
    )
    .optional(),
});
type IpLink = z.infer<typeof linkSchema>;

const nameSchema = z.object({ name: z.string(), id: z.number().optional() });

/** iproute2 leaves an empty object where it has filtered something out. */
const listOf = <T>(key: string, schema: z.ZodType<T>): z.ZodType<T[]> =>
  z
    .array(z.unknown())
    .transform((list) => list.filter((one) => typeof one !== 'object' || one === null || key in one))
    .pipe(z.array(schema));
const linksSchema = listOf('ifname', linkSchema);
const routesSchema = listOf('dst', routeSchema);
const neighboursSchema = listOf('dst', neighbourSchema);
const namesSchema = listOf('name', nameSchema);
const policiesSchema = listOf('priority', policySchema);

/** Characters of one answer: 20,000 routes are a tenth of it. */
const longest = 32 * 1024 * 1024;

/** Null when the namespace was gone before it could answer, and for what is no answer of `ip`. */
export function parseIpAnswer(text: string): IpAnswer | null {
  const lines = text.split('\n').filter((line) => line.startsWith('['));
  if (lines.length < 3) return null;
  const line = <T>(index: number, schema: z.ZodType<T>) => jsonIn(lines[index] ?? '[]', schema, longest);
  const links = line(0, linksSchema);
  const routes = line(1, routesSchema);
  const neighbours = line(2, neighboursSchema);
  const names = line(3, namesSchema);
  const policies = line(4, policiesSchema);
  if (links === null || routes === null || neighbours === null || names === null || policies === null)
    return null;
  const peers: IpAnswer['peers'] = new Map();
  for (const link of links) {
    // With both ends in one namespace iproute2 prints the other end's name instead of its index; of a tunnel it is
    // among the kind's own data.
    const name = link.link ?? link.linkinfo?.info_data?.link;
    const index = link.link_index ?? links.find(({ ifname }) => ifname === name)?.ifindex;
    if (index !== undefined) peers.set(link.ifname, { index, nsid: link.link_netnsid ?? null });
  }
  return {
    links: links.map(linkOf),
    routes: routes.map(routeOf),
    neighbours: neighbours.map(neighbourOf),
    policies: policies.map((one) => policyOf(one, 'ipv4')),
    peers,
    names: new Map(names.flatMap(({ name, id }) => (id === undefined ? [] : [[id, name]]))),
  };
}

/** Of IPv6, which `ip` is asked for on its own; null for what is no answer of `ip`. */
export function parsePolicies(text: string, family: PolicyRule['family']): PolicyRule[] | null {
  if (text.trim() === '') return [];
  return jsonIn(text.trim(), policiesSchema, longest)?.map((one) => policyOf(one, family)) ?? null;
}

/** The part of a kind's own data that decides about packets; timers and counters do not. */
const details: Record<string, readonly string[]> = {
  bridge: ['stp_state', 'vlan_filtering', 'mcast_snooping', 'ageing_time', 'forward_delay'],
  vlan: ['protocol', 'id'],
  vxlan: ['id', 'local', 'local6', 'remote', 'remote6', 'group', 'group6', 'link', 'port', 'learning'],
  macvlan: ['mode'],
  ipvlan: ['mode'],
  gre: ['local', 'remote', 'ikey', 'okey', 'ttl'],
  ipip: ['local', 'remote', 'ttl'],
};

function detailsOf({ linkinfo }: IpLink): Record<string, string> {
  const wanted = details[linkinfo?.info_kind ?? ''] ?? [];
  const data = Object.entries(linkinfo?.info_data ?? {});
  const plain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
  const sources = linkinfo?.info_data?.macaddr_data;
  const listed = Array.isArray(sources) && sources.length > 0 ? { macaddr: sources.join(',') } : {};
  const scalars = Object.fromEntries(
    data
      .filter(([key, value]) => wanted.includes(key) && plain(value))
      .map(([key, value]) => [key === 'port' ? 'dstport' : key.replace(/6$/, ''), String(value)]),
  );
  return { ...scalars, ...listed };
}

/** Tunnels and loopback never resolve addresses. */
function withoutArp({ flags, linkinfo, link_type }: IpLink): boolean {
  const kind = linkinfo?.info_kind ?? (link_type === 'loopback' ? 'loopback' : 'physical');
  return flags.includes('NOARP') && /^(veth|bridge|macvlan|dummy|vlan|physical)$/.test(kind);
}

function linkOf(link: IpLink): Link {
  return {
    name: link.ifname,
    index: link.ifindex,
    kind: link.linkinfo?.info_kind ?? (link.link_type === 'loopback' ? 'loopback' : 'physical'),
    mac: link.address ?? '',
    mtu: link.mtu,
    up: link.flags.includes('UP'),
    carrier: link.flags.includes('LOWER_UP'),
    master: link.master ?? null,
    peer: null,
    lower: null,
    details: { ...detailsOf(link), ...(withoutArp(link) ? { arp: 'off' } : {}) },
    port: portOf(link.linkinfo?.info_slave_kind, link.linkinfo?.info_slave_data),
    queue: link.qdisc ?? 'noqueue',
    addresses: (link.addr_info ?? []).flatMap((own): Address[] => {
      const { family, local, prefixlen = 0, scope = '', deprecated, secondary } = own;
      if (local === undefined) return [];
      return [
        {
          ...{ family: family === 'inet6' ? 'ipv6' : 'ipv4', address: local, prefix: prefixlen, scope },
          ...(deprecated === true ? { deprecated } : {}),
          ...(secondary === true ? { secondary } : {}),
        },
      ];
    }),
  };
}

/** Fills in the nodes and names of veth peers and lower links, now that every node has answered. */
export function namePeers(observation: Observation, answers: Record<string, IpAnswer>): Observation {
  for (const [node, state] of Object.entries(observation.nodes)) {
    const answer = answers[node];
    for (const link of state.links) {
      const peer = answer?.peers.get(link.name);
      if (!answer || !peer) continue;
      const otherNode = peer.nsid === null ? node : answer.names.get(peer.nsid);
      if (otherNode === undefined) continue;
      const other = observation.nodes[otherNode]?.links.find(({ index }) => index === peer.index);
      if (other) link[link.kind === 'veth' ? 'peer' : 'lower'] = { node: otherNode, link: other.name };
    }
  }
  return observation;
}
