import type { Finding } from '../../path/model/finding.ts';
import { ipsecRefusal } from '../../path/model/ipsec.ts';
import { carryIn } from '../../path/model/journey.ts';
import { keptNetwork } from '../../path/model/kept-network.ts';
import { neighbour } from '../../path/model/neighbour.ts';
import { nextHop, silentGateway } from '../../path/model/next-hop.ts';
import { obstacleFinding } from '../../path/model/obstacle.ts';
import {
  keyOf,
  loopbackSource,
  type RouteDecision,
  routedIn,
  routedOut,
  routeFor,
} from '../../path/model/route-decision.ts';
import { isLocal, lookup } from '../../path/model/routing.ts';
import { obstacleOf } from '../../path/model/segment.ts';
import { wayBack } from '../../path/model/way-back.ts';
import type { TracedHop } from '../../path/recording/hop.ts';
import { isMulticast, sameAddress } from '../../state/ip.ts';
import type { Route } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { translatorOf } from '../given.ts';
import { circleOf, gatewayOf, inNode, linkAt, type Place } from './place.ts';

/** A packet for another node that its sender takes for its own: no socket there waits for it. */
export function loopbackCause({ observation, hop, state, headers }: Place): Finding | null {
  const { node, in: cameBy } = hop;
  const made =
    cameBy === null || state.links.some(({ name, kind }) => name === cameBy && kind === 'loopback');
  return made ? keptNetwork(observation, node, state, headers.destination) : null;
}

/** The routing decision of the node for the packet: refused, filtered, not forwarded, no route. */
export function routeCause(place: Place): Finding | null {
  const { hop } = place;
  const passed = (hook: string) => hop.hooks.includes(hook);
  if (hop.layer === 'bridge' || hop.out !== null || passed('input') || passed('postrouting')) return null;
  if (hop.in === null) return findingOf(place, routedOut(inNode(place)));
  const group = place.headers.destination;
  if (isMulticast(group)) return notJoined(hop.node, group, place.upper ?? hop.in);
  if (passed('forward') || isBridged(place)) return null;
  const from = place.packet.hops[0]?.node ?? hop.node;
  const finding = findingOf(place, routedIn(inNode(place), gatewayOf(place), from));
  return finding?.reason === 'duplicate-address' ? ownSource(place, finding) : finding;
}

/** A frame at a bridge's port that is for a third: the bridge's own IP layer has nothing to decide. */
function isBridged(place: Place): boolean {
  const link = linkAt(place, place.hop.in);
  const mac = place.hop.before?.destinationMac ?? null;
  if (link === null || link.master === null || mac === null) return false;
  const own = [link.mac, linkAt(place, link.master)?.mac];
  return (
    (Number.parseInt(mac.slice(0, 2), 16) & 1) === 0 && !own.includes(mac) && place.upper === link.master
  );
}

/** Only members of a group take its packets; ip_route_input_mc and ip6_mc_input drop them without a word. */
function notJoined(node: string, group: string, link: string): Finding {
  return {
    reason: 'no-listener',
    node,
    object: group,
    values: { group, link, bits: group.includes(':') ? '128' : '32' },
  };
}

/** A packet with the node's own address as its source: it was here before, or another node's rule gave it that source. */
function ownSource({ packet: { hops }, hop, headers, state }: Place, finding: Finding): Finding {
  const nodes = circleOf(hops);
  const dst = headers.destination;
  const turned = isLocal(state, dst) ? turnedBy(hops, dst) : null;
  if (turned !== null) return { ...finding, values: { ...finding.values, ...turned, turnedTo: dst } };
  if (nodes.length > 0)
    return {
      ...finding,
      reason: 'routing-loop',
      object: dst,
      values: { ...finding.values, dst, nodes: nodes.join(', ') },
    };
  const changed = hops.findLast((one) => one !== hop && one.changes.some(({ field }) => field === 'source'));
  const step = changed?.rules.findLast(({ rule }) => / -j (SNAT|MASQUERADE)\b/.test(rule ?? ''));
  if (changed === undefined || step === undefined) return finding;
  const rule = { rule: step.rule ?? '', chainName: step.chain, line: String(step.line ?? '') };
  return { ...finding, values: { ...finding.values, ...rule, router: changed.node } };
}

/** The rule that sent a packet back to the node it is from. */
function turnedBy(hops: readonly TracedHop[], to: string): Values | null {
  const by = translatorOf(hops, 'destination', to);
  return by === null ? null : { router: by.node, turned: by.step.rule ?? '' };
}

/** A packet that was ready to leave: the node that should have answered for the next address. */
export function neighbourCause(place: Place): Finding | null {
  const { hop, observation, state, headers, upper } = place;
  const passed = hop.hooks.includes('postrouting') || hop.resolution !== null;
  if (hop.layer === 'bridge' || hop.out !== null || !passed) return null;
  const packet = inNode(place);
  const source = hop.before?.source ?? headers.source;
  const decision = routeFor(
    packet.context,
    hop.node,
    state,
    keyOf({ ...headers, source }, upper, hop.mark ?? 0),
  );
  if (!('route' in decision) || decision.route === null) return null;
  const { route } = decision;
  const { link = null, address = '' } = hop.resolution ?? {};
  const onLink = route.nexthops.filter(({ dev }) => dev === link);
  const chosen = onLink.find(({ via }) => via !== null && sameAddress(via, address)) ?? onLink[0];
  const way = chosen === undefined ? route : { ...route, ...chosen };
  if (way.dev === null) return deadHop(place, route);
  const lie = loopbackSource(packet, way.dev);
  if (lie !== null) return lie;
  const next = nextHop(packet, way);
  const start = { node: hop.node, link: way.dev };
  const answer = neighbour(observation, start, next, headers.source, carryIn(packet.context));
  if (answer.kind === 'carrier') return answer.finding;
  if (answer.kind !== 'finding') return null;
  const finding = silentGateway(answer.finding, state, way);
  return { ...finding, values: { dst: headers.destination, ...finding.values } };
}

/**
 * Of several next hops the kernel chose one, and which is not seen: one whose interface carries nothing keeps its share
 * (fib_select_multipath passes over it with ignore_routes_with_linkdown only).
 */
function deadHop({ observation, hop: { node } }: Place, { nexthops }: Route): Finding | null {
  for (const { dev } of nexthops) {
    const obstacle = dev === null ? null : obstacleOf(observation, { node, link: dev });
    if (dev === null || obstacle === null) continue;
    const finding = obstacleFinding(observation, obstacle.reason, obstacle);
    const others = nexthops.filter((one) => one.dev !== dev);
    const otherHops = others.map((one) => `${one.via ?? ''} dev ${one.dev}`.trim()).join(', ');
    return { ...finding, values: { ...finding.values, otherHops } };
  }
  return null;
}

/** The node that took a request finds no way for the answer. */
export function answerCause(place: Place): Finding | null {
  const { headers, hop } = place;
  const { source, destination, sourcePort, destinationPort, protocol } = headers;
  const reply = {
    ...{ source: destination, destination: source, protocol },
    ...{ sourcePort: destinationPort, destinationPort: sourcePort },
  };
  const back: Place = {
    ...place,
    direction: 'reply',
    headers: reply,
    upper: null,
    hop: { ...hop, in: null, mark: 0 },
  };
  const { observation, state } = place;
  const refused = ipsecRefusal(
    { observation, node: hop.node, state, headers: reply },
    'out',
    lookup(state, source)?.dev ?? '',
  );
  return (
    findingOf(back, routedOut(inNode(back))) ??
    (refused === null ? null : { ...refused, values: { ...refused.values, direction: 'reply' } })
  );
}

function findingOf(place: Place, decision: RouteDecision): Finding | null {
  if (!('stop' in decision) || decision.stop.kind !== 'finding') return null;
  const { finding } = decision.stop;
  const { direction, observation, headers } = place;
  const values: Values = { ...finding.values, direction, dst: finding.values.dst ?? headers.destination };
  const lost = finding.reason === 'reply-not-routed' || finding.reason === 'rp-filter';
  if (!lost || values.wayDev !== undefined) return { ...finding, values };
  const hops: readonly TracedHop[] = place.packet.hops;
  return {
    ...finding,
    values: { ...values, ...wayBack(observation, { hops }, finding.node, values.dst ?? '') },
  };
}
