import type { TraceProbe, TraceRequest } from '../../../src/core/probe/trace-probe.ts';
import { cables } from './cables.ts';
import { type Overlay, overlayAddress, overlayOf } from './overlay.ts';
import { addressOf, type Family, lengthOf, type Place } from './place.ts';
import { policies, portStates } from './policies.ts';
import { Random } from './random.ts';
import { routes } from './routes.ts';
import { randomRule } from './rules.ts';

/** A network of namespaces as a shell makes it, and probes to send through it, one after another. */
export interface Topology {
  seed: number;
  family: Family;
  nodes: string[];
  /** Nodes with servers: TCP and UDP on 80 and 8080, DNS on 53. */
  serving: string[];
  script: string;
  requests: TraceRequest[];
}

/**
 * 2 to 6 nodes, joined by cables and bridges, with routes to everywhere; then what people do to networks: routes
 * taken away or led astray, forwarding off, reverse path filters, small MTUs, few hops, translations, rules that
 * drop and refuse, rules of the routing policy and marks, bridge ports in other states, a tunnel.
 */
export function topologyOf(seed: number, cases: number): Topology {
  const random = new Random(seed);
  const count = 2 + random.below(5);
  const family = random.chance(0.7) ? 4 : 6;
  const nodes = Array.from({ length: count }, (_, node) => `n${node}`);
  const joined = cables(count, random);
  const { places } = joined;
  const addresses = places.map(
    (place) =>
      `ip -n n${place.node} addr add ${addressOf(place, family)}/${lengthOf(family)} dev ${place.link}${family === 6 ? ' nodad' : ''}`,
  );
  const lines = [
    ...nodes.flatMap((name) => [`ip netns add ${name}`, quiet(name), `ip -n ${name} link set lo up`]),
    ...joined.lines,
    ...addresses,
    ...routes(places, count, family, random),
    ...settings(nodes, random),
  ];
  for (const name of nodes) while (random.chance(0.4)) lines.push(randomRule(name, places, family, random));
  // Drawn on its own, so that a seed keeps its network.
  const more = new Random(seed + 0x40000000);
  if (more.chance(0.4)) lines.push(...policies(places, count, family, more));
  if (more.chance(0.4)) lines.push(...portStates(joined.lines, more));
  const overlay = family === 4 && more.chance(0.4) ? overlayOf(places, count, more) : null;
  lines.push(...(overlay?.lines ?? []));
  const serving = nodes.filter(() => random.chance(0.7));
  const requests = Array.from({ length: cases }, () => {
    const request = requestOf(places, count, family, random);
    return overlay !== null && more.chance(0.4) ? through(overlay, request.probe, more) : request;
  });
  return { seed, family, nodes, serving, script: `${lines.join('\n')}\n`, requests };
}

/**
 * Rules would count a bridge's own IGMP reports, and those of new addresses, which belong to no probe. A
 * SYN,ACK that is sent again would come while the next probe is on its way.
 */
const quiet = (name: string) => `ip netns exec ${name} sysctl -qw ${calm.join(' ')}`;

const calm = [
  'net.ipv4.igmp_link_local_mcast_reports=0',
  'net.ipv4.tcp_synack_retries=0',
  'net.ipv6.conf.all.accept_dad=0',
  'net.ipv6.conf.default.accept_dad=0',
  'net.ipv6.conf.default.router_solicitations=0',
];

function settings(nodes: string[], random: Random): string[] {
  return nodes.map((name) => {
    const forward = random.chance(0.88) ? 1 : 0;
    const strict = random.chance(0.1) ? 1 : 0;
    const call = random.chance(0.3) ? 1 : 0;
    const values = [
      `net.ipv4.ip_forward=${forward} net.ipv6.conf.all.forwarding=${forward}`,
      `net.ipv4.conf.all.rp_filter=${strict}`,
      `net.bridge.bridge-nf-call-iptables=${call} net.bridge.bridge-nf-call-ip6tables=${call}`,
      ...(random.chance(0.05) ? ['net.ipv4.ip_default_ttl=2 net.ipv6.conf.all.hop_limit=2'] : []),
    ];
    return `ip netns exec ${name} sysctl -qw ${values.join(' ')}`;
  });
}

function requestOf(places: Place[], count: number, family: Family, random: Random): TraceRequest {
  const from = random.below(count);
  const target = random.pick(places.filter(({ node }) => node !== from));
  // Now and then an address that no node has.
  const node = random.chance(0.04) ? 40 : target.node;
  const to = addressOf({ node, network: target.network }, family);
  return { from: `n${from}`, to, probe: probeOf(to, family, random) };
}

function through({ ends }: Overlay, probe: TraceProbe, random: Random): TraceRequest {
  const [one, other] = random.chance(0.5) ? ends : [ends[1], ends[0]];
  const to = overlayAddress(other);
  const asked: TraceProbe = probe.kind === 'http' ? { ...probe, url: `http://${to}/` } : probe;
  return { from: `n${one}`, to, probe: asked };
}

function probeOf(to: string, family: Family, random: Random): TraceProbe {
  switch (random.below(10)) {
    case 0:
      return { kind: 'dns', name: 'db.example' };
    case 1:
      return { kind: 'http', url: family === 4 ? `http://${to}/` : `http://[${to}]/`, port: 80 };
    case 2:
    case 3:
    case 4:
      return { kind: 'tcp', port: random.pick([80, 80, 8080, 999]) };
    case 5:
    case 6:
      return { kind: 'udp', port: random.pick([80, 80, 8080, 999]) };
    case 7:
      // Two fragments at most.
      return { kind: 'icmp', size: random.pick([1300, 2000]) };
    default:
      return { kind: 'icmp' };
  }
}
