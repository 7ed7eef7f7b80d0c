import { sameAddress } from '../../state/ip.ts';
import type { NodeState, Observation } from '../../state/observation.ts';
import { isUsual } from '../../state/usual-policies.ts';
import type { RouteKey } from '../model/policy.ts';
import { routing } from '../model/routing.ts';
import { linkOf } from '../model/segment.ts';
import { conntrackOf } from './connections.ts';
import { changesOf, fieldsOf } from './fields.ts';
import type { Flow, FlowPacket, Sight } from './flow-packet.ts';
import type { Header } from './header.ts';
import type { Fields, HopFacts, HopSight } from './hop.ts';
import type { Recording } from './recording.ts';
import { resolutionOf } from './resolution.ts';
import { RuleBook } from './rule-book.ts';
import { hooksOf, type Passage, passagesOf, stepsOf } from './rule-steps.ts';
import type { Scene } from './scene.ts';
import { copies, type LinkedSight, linkSights, mainWay } from './way.ts';

export function sceneOf(recording: Recording, flow: Flow): Scene {
  const packets = [...flow.packets, ...flow.outers.map(({ packet }) => packet)];
  const times = packets.flatMap(({ sights }) => sights.map(({ time }) => time));
  const start = times.reduce((least, time) => (time < least ? time : least), times[0] ?? 0n);
  return { recording, flow, book: new RuleBook(recording), seenFrames: new Set(), start };
}

/** A packet's way as hops: one for each time it was in a node. */
export function hopsOf(scene: Scene, packet: FlowPacket): HopFacts[] {
  const { observation } = scene.recording;
  const linked = linkSights(observation, packet.sights);
  const way = mainWay(linked);
  const visits = visitsOf(way);
  const passages = passagesByNode(packet);
  const strays = copies(linked, way);
  const hops = visits.map((visit) => {
    const node = visit[0]?.sight.node ?? '';
    const passage = takeFitting(passages.get(node), visit[0]?.sight.header ?? null);
    const last = visit.at(-1);
    const astray = strays.filter((sight) => last !== undefined && sight.time >= (visit[0]?.sight.time ?? 0n));
    const next = visits[visits.indexOf(visit) + 1]?.[0]?.sight.time ?? null;
    const own = astray.filter((sight) => next === null || sight.time <= next);
    return hopOf(
      scene,
      node,
      visit,
      passage,
      own.map((sight) => `${sight.node}:${sight.link}`),
    );
  });
  // Rules may have seen a packet that no device saw: it was dropped before it could leave.
  const unseen = [...passages].flatMap(([node, rest]) => rest.map((passage) => ({ node, passage })));
  for (const { node, passage } of hops.length === 0 ? unseen : [])
    hops.push(hopOf(scene, node, [], passage, []));
  return hops;
}

/** A packet is in another visit whenever it came over a wire, or by an unseen way. */
function visitsOf(way: readonly LinkedSight[]): LinkedSight[][] {
  const visits: LinkedSight[][] = [];
  for (const one of way) {
    if (visits.length === 0 || one.by !== 'node') visits.push([one]);
    else visits.at(-1)?.push(one);
  }
  return visits;
}

function passagesByNode(packet: FlowPacket): Map<string, Passage[]> {
  const nodes = [...new Set(packet.rules.map(({ event }) => event.node))];
  return new Map(
    nodes.map((node) => [node, passagesOf(packet.rules.filter(({ event }) => event.node === node))]),
  );
}

/** The passage that began with this header; the TTL distinguishes two visits of one node. */
function takeFitting(passages: Passage[] | undefined, header: Header | null): Passage | null {
  if (passages === undefined || passages.length === 0) return null;
  const fitting = passages.findIndex(({ sights }) => sights[0]?.header?.ttl === header?.ttl);
  return passages.splice(Math.max(fitting, 0), 1)[0] ?? null;
}

function hopOf(
  scene: Scene,
  node: string,
  visit: LinkedSight[],
  passage: Passage | null,
  astray: string[],
): HopFacts {
  const { observation } = scene.recording;
  const sights = visit.map(({ sight }) => sight);
  const [first, last] = [sights[0], sights.at(-1)];
  const isBridge = (link: string) => linkOf(observation, { node, link })?.kind === 'bridge';
  const layer = layerOf(observation, node, visit);
  // A bridge's own device sees nothing of what passes from port to port.
  const switchedBy = (link: string) =>
    layer === 'bridge' ? (linkOf(observation, { node, link })?.master ?? []) : [];
  const incoming = first !== undefined && first.way !== 'out' ? first : null;
  const outgoing = last !== undefined && last.way === 'out' ? last : null;
  const headers = (passage?.sights ?? []).flatMap(({ header }) => (header === null ? [] : [header]));
  const before = incoming ? fieldsOf(incoming.header, incoming) : fieldsOrNull(headers[0]);
  const after = outgoing ? fieldsOf(outgoing.header, outgoing) : fieldsOrNull(headers.at(-1));
  const rules = passage === null ? [] : stepsOf(passage, scene.book);
  const header = outgoing?.header ?? headers.at(-1) ?? incoming?.header ?? null;
  // Of links on each other (a VLAN's on its wire) IP uses the upper one.
  const sent = sights.find(({ way }) => way === 'out');
  const left = sent === undefined ? null : upperLink(observation, node, sent.link);
  const changes = changesOf(before, after);
  // Bridged frames pass the rules of IP too where br_netfilter is on.
  const conntrack =
    layer === 'bridge' && rules.length === 0 ? null : conntrackOf(scene.recording, node, header);
  const hooks = passage === null ? [] : hooksOf(passage);
  const mark = passage?.sights.at(-1)?.event.mark ?? null;
  const heard = sights.findLast(({ way }) => way !== 'out');
  const upper = heard === undefined ? null : upperLink(observation, node, heard.link);
  const routed = layer === 'ip' && (outgoing !== null || hooks.includes('postrouting'));
  const hop: Omit<HopFacts, 'sources'> = {
    node,
    in: incoming?.link ?? null,
    out: outgoing?.link ?? null,
    seen: sights.map(seenOf),
    bridges: [...new Set(sights.flatMap(({ link }) => (isBridge(link) ? link : switchedBy(link))))],
    layer,
    hooks,
    before,
    after,
    changes,
    rules,
    route:
      header === null
        ? null
        : routed
          ? routeOf(observation, node, keyFor(before, header, upper, mark), left)
          : hooks.includes('input')
            ? takenBy(observation, node, keyFor(before, header, upper, mark))
            : null,
    mark,
    resolution: null,
    conntrack,
    copies: astray,
    gap: visit[0]?.by === 'gap',
    tunnel: null,
    at: first === undefined ? null : String(first.time - scene.start),
  };
  const resolution =
    layer === 'bridge'
      ? null
      : resolutionOf(
          scene,
          node,
          header === null ? [] : nextOf(observation, node, hop.route, keyFor(before, header, upper, mark)),
          first,
          outgoing,
        );
  const whole = { ...hop, resolution };
  return { ...whole, sources: sourcesOf(whole, sights.length > 0) };
}

function seenOf({ link, way, header: { source, destination, ttl } }: Sight): HopSight {
  return { link, way: way === 'out' ? 'out' : 'in', source, destination, ttl };
}

const fieldsOrNull = (header: Header | undefined) => (header === undefined ? null : fieldsOf(header, null));

/** Bridged: in by one port and out by another, and IP saw nothing of it. */
function layerOf(observation: Observation, node: string, visit: LinkedSight[]): HopFacts['layer'] {
  const ports = visit.every(
    ({ sight }) => (linkOf(observation, { node, link: sight.link })?.master ?? null) !== null,
  );
  return visit.length > 1 && ports ? 'bridge' : 'ip';
}

/** The link IP sent by: a port's bridge, or the link itself. */
function upperLink(observation: Observation, node: string, link: string): string {
  return linkOf(observation, { node, link })?.master ?? link;
}

/** The key of the routing look-up: the source as it came in, the destination as it left. */
function keyFor(before: Fields | null, header: Header, iif: string | null, mark: number | null): RouteKey {
  const { destination, destinationPort } = header;
  return {
    ...{ to: destination, from: before?.source ?? header.source, mark: mark ?? 0, iif },
    protocol: protocols.find((one) => one === header.protocol) ?? null,
    ...{ sourcePort: before?.sourcePort ?? header.sourcePort, destinationPort },
  };
}

const protocols = ['icmp', 'tcp', 'udp'] as const;

/** The route that decides, where it really left by a link of the route. */
function routeOf(
  observation: Observation,
  node: string,
  key: RouteKey,
  left: string | null,
): HopFacts['route'] {
  const state = observation.nodes[node];
  const routed = state === undefined ? null : routing(state, key);
  if (routed?.kind !== 'route' || routed.route.type === 'local') return null;
  const { route, rule } = routed;
  const way = route.nexthops.find(({ dev }) => dev === left) ?? route;
  if (left !== null && way.dev !== left) return null;
  return {
    text: route.text,
    via: way.via !== null && !sameAddress(way.via, key.to) ? way.via : null,
    rule: isUsual(rule) ? null : rule.text,
    source: 'state',
  };
}

/** Whom the node may have to ask for: of several next hops each, where it is not known which was chosen. */
function nextOf(observation: Observation, node: string, route: HopFacts['route'], key: RouteKey): string[] {
  if (route !== null && route.via !== null) return [route.via];
  const state = observation.nodes[node];
  const routed = state === undefined ? null : routing(state, key);
  const hops = routed?.kind === 'route' ? routed.route.nexthops : [];
  return [...hops.flatMap(({ via }) => via ?? []), key.to];
}

/** The route by which a packet is taken in that is for none of the node's own addresses (a transparent proxy's). */
function takenBy(observation: Observation, node: string, key: RouteKey): HopFacts['route'] {
  const state = observation.nodes[node];
  const routed = state === undefined || isOwn(state, key.to) ? null : routing(state, key);
  if (routed?.kind !== 'route' || routed.route.type !== 'local') return null;
  const { route, rule } = routed;
  return { text: route.text, via: null, rule: isUsual(rule) ? null : rule.text, source: 'state' };
}

const isOwn = ({ links }: NodeState, address: string): boolean =>
  links.some(({ addresses }) => addresses.some((one) => sameAddress(one.address, address)));

function sourcesOf(hop: Omit<HopFacts, 'sources'>, seen: boolean): HopFacts['sources'] {
  return [
    ...(seen ? (['capture'] as const) : []),
    ...(hop.hooks.length > 0 || hop.rules.length > 0 ? (['nft trace'] as const) : []),
    ...(hop.conntrack === null ? [] : (['conntrack'] as const)),
    ...(hop.route === null ? [] : (['state'] as const)),
  ];
}
