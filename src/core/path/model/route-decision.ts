import { isMulticast, sameAddress } from '../../state/ip.ts';
import type { NodeState, Route } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { Finding } from './finding.ts';
import { forwarding, type Gateway, linkLocalSource, reversePath } from './forwarding.ts';
import { missingRoute } from './missing-route.ts';
import type { Headers } from './packet.ts';
import { asking, type RouteKey } from './policy.ts';
import { refusal } from './refusal.ts';
import { isLocal, isLoopback, routing } from './routing.ts';
import { setting, settingOf } from './settings.ts';
import type { Context, Stop, Transit } from './transit.ts';

/** The deciding route, `null` for a packet that stays in the node; or why there is none. */
export type RouteDecision = { route: Route | null } | { stop: Stop };

export function stopFor(finding: Finding): Stop {
  return { kind: 'finding', finding };
}

export function keyOf(headers: Headers, iif: string | null, mark: number | null): RouteKey {
  const { destination: to, source: from, protocol, sourcePort, destinationPort } = headers;
  return { to, from, iif, mark, protocol, sourcePort, destinationPort };
}

/**
 * The decision for a packet that came in, after the chains of PREROUTING: delivered, forwarded, or neither
 * (ip_route_input_slow).
 * @param from the node that made the packet.
 */
export function routedIn(packet: Transit, gateway: Gateway | null, from: string): RouteDecision {
  const { context, node, state, headers } = packet;
  const martian = loopbackFromOutside(packet);
  if (martian !== null) return { stop: stopFor(martian) };
  if (isMulticast(headers.destination)) return toGroup(headers.destination);
  const routed = routeFor(context, node, state, keyOf(headers, packet.in, packet.mark));
  const next = isBroadcast(routed, headers.destination) ? { route: null } : routed;
  if ('route' in next && next.route === null) {
    const refused = reversePath(packet);
    return refused === null ? next : { stop: stopFor(refused) };
  }
  // Its own address, which a rule before the table `local` refuses.
  if ('stop' in next && isLocal(state, headers.destination)) return next;
  // IPv6 looks for a route first, and reports a missing one, forwarding or not (ip6_pkt_discard).
  const unrouted = 'stop' in next && headers.destination.includes(':');
  const closed = unrouted ? null : (linkLocalSource(packet, from) ?? forwarding(packet, gateway));
  if (closed !== null) return { stop: stopFor(closed) };
  if ('stop' in next) return next;
  const refused = reversePath(packet);
  return refused === null ? next : { stop: stopFor(refused) };
}

/** The groups that every node is a member of; hoplab does not read the others (`ip maddr`). */
const ofAll = ['224.0.0.1', 'ff02::1'];

function toGroup(group: string): RouteDecision {
  if (ofAll.some((one) => sameAddress(one, group))) return { route: null };
  return { stop: { kind: 'undecided', object: group } };
}

const isBroadcast = (decision: RouteDecision, address: string): boolean =>
  address === '255.255.255.255' || ('route' in decision && decision.route?.type === 'broadcast');

/**
 * The decision for a packet that a node sends, after the chains of OUTPUT: a changed destination or mark is
 * routed again, its source stays.
 */
export function routedOut(packet: Transit): RouteDecision {
  const { context, node, state, headers, mark } = packet;
  const next = routeFor(context, node, state, keyOf(headers, null, mark));
  if ('stop' in next || next.route === null || next.route.dev === null) return next;
  const { dev } = next.route;
  // __mkroute_output: -EINVAL.
  if (!isLoopback(headers.source) || setting(state, 'route_localnet', dev) > 0) return next;
  return { stop: stopFor(loopbackOnly(packet, 'source', dev, true)) };
}

/** ip_route_input_slow: a loopback address is valid inside its node only, unless route_localnet is set. */
function loopbackFromOutside(packet: Transit): Finding | null {
  const { state, headers, in: link } = packet;
  if (link === null || link === 'lo' || setting(state, 'route_localnet', link) > 0) return null;
  const side = (['source', 'destination'] as const).find((one) => isLoopback(headers[one]));
  return side === undefined ? null : loopbackOnly(packet, side, link, false);
}

function loopbackOnly(
  { node, headers }: Transit,
  side: 'source' | 'destination',
  link: string,
  out: boolean,
): Finding {
  const address = headers[side];
  const key = settingOf('route_localnet', link);
  // A packet that leaves also needs another source address.
  const masquerade: Values = out ? { masquerade: link } : {};
  const values = { address, side, link, key, observed: '0', dst: headers.destination, ...masquerade };
  return { reason: 'loopback-only', node, object: address, values };
}

/** A loopback source that left all the same, and that every other node takes for a lie (ip_route_input_slow). */
export function loopbackSource(
  { node, headers }: Pick<Transit, 'node' | 'headers'>,
  link: string,
): Finding | null {
  const { source: address, destination } = headers;
  if (link === 'lo' || !isLoopback(address)) return null;
  const values = {
    address,
    side: 'source',
    leaves: link,
    link,
    key: settingOf('route_localnet', link),
    dst: destination,
  };
  return { reason: 'loopback-only', node, object: address, values };
}

/** The decision of the routing policy: a route, or the reason why there is none. */
export function routeFor(context: Context, node: string, state: NodeState, key: RouteKey): RouteDecision {
  const { to } = key;
  if (isLocal(state, to) && asksLocalFirst(state, key)) return { route: null };
  // hoplab's own probes are root's, and so are packets that a router passes on; a server may run as any user.
  const uid = context.direction === 'request' ? { uid: 0 } : {};
  const routed = routing(state, { ...key, ...uid, tos: context.tos ?? 0 });
  if (routed.kind === 'undecided') return { stop: { kind: 'undecided', object: routed.rule.text } };
  const refused = refusal(node, to, routed);
  if (refused !== null) return { stop: stopFor(refused) };
  if (routed.kind !== 'route') {
    const finding = missingRoute(context.observation, node, state, to, key);
    if (finding.reason !== 'no-route' || context.direction === 'request') return { stop: stopFor(finding) };
    return { stop: stopFor({ ...finding, reason: 'reply-not-routed' }) };
  }
  const { route } = routed;
  return { route: route.type === 'local' ? null : route };
}

/** Usually the table `local` is asked before every rule; its rule can be moved. */
function asksLocalFirst(state: NodeState, key: RouteKey): boolean {
  const [first] = asking(state, key);
  return first === undefined || (first.rule.action.kind === 'table' && first.rule.action.table === 'local');
}
