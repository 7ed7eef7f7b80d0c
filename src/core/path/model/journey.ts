import type { NodeState, Route } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { unanswered } from './arrival.ts';
import { throughBridges } from './bridging.ts';
import { forwarding, type Gateway, linkLocalSource, reversePath } from './forwarding.ts';
import { missingRoute } from './missing-route.ts';
import { type Finding, neighbour, obstacleFinding } from './neighbour.ts';
import type { Headers, Hop, Journey } from './packet.ts';
import { isLocal, lookup, refuses, sourceFor } from './routing.ts';
import type { Port } from './segment.ts';
import { type Context, pass, type Stop, type Transit, transit } from './transit.ts';

/** IP's time to live as Linux sets it: so many routers may forward a packet. */
const timeToLive = 64;

/** Where a packet goes after a node, or why it goes no further. */
type Step = { hop: Hop; between?: Hop[] } & ({ next: Arrival } | { stop: Stop | null });

/** A packet at the next node's link; `gateway` where it was sent there to be forwarded. */
export interface Arrival {
  port: Port;
  headers: Headers;
  gateway: Gateway | null;
}

/**
 * Follows a packet from the node that makes it until it is delivered or lost. An empty source address is
 * filled in as the kernel does. Ends on every observation: a packet that comes again as it was is a loop.
 */
export function travel(context: Context, node: string, headers: Headers): Journey {
  const hops: Hop[] = [];
  const seen = new Set<string>();
  let step = depart(context, node, headers);
  for (;;) {
    hops.push(step.hop, ...(step.between ?? []));
    if (!('next' in step)) return { hops, end: endOf(context, hops, step.stop) };
    const { port } = step.next;
    const key = JSON.stringify([port, step.next.headers]);
    if (seen.has(key) || hops.length > timeToLive) return { hops, end: endOf(context, hops, loop(step.hop)) };
    seen.add(key);
    step = arrive(context, step.next, node);
  }
}

function endOf(context: Context, hops: Hop[], stop: Stop | null): Journey['end'] {
  const last = hops.at(-1);
  const node = last?.node ?? '';
  if (stop === null) return { kind: 'delivered', node };
  const values: Values = { dst: last?.after.destination ?? '', direction: context.direction };
  if (stop.kind === 'undecided') return { kind: 'undecided', node, object: stop.object, values };
  const { finding } = stop;
  if (finding.reason === 'routing-loop') values.nodes = circleOf(hops).join(', ');
  return {
    kind: 'lost',
    ...finding,
    values: { ...finding.values, ...values, dst: finding.values.dst ?? values.dst ?? '' },
  };
}

/** The nodes from where the last one was first met: those the packet passes again and again. */
function circleOf(hops: Hop[]): string[] {
  const nodes = hops.map((hop) => hop.node);
  return [...new Set(nodes.slice(nodes.indexOf(nodes.at(-1) ?? '')))];
}

function loop(hop: Hop): Stop {
  const { destination } = hop.after;
  return found({ reason: 'routing-loop', node: hop.node, object: destination, values: { dst: destination } });
}

/** A node's own program sends. */
function depart(context: Context, node: string, headers: Headers): Step {
  const state = context.observation.nodes[node];
  if (state === undefined) {
    const hop: Hop = { node, in: null, out: null, before: headers, after: headers, decisions: [] };
    return { hop, stop: found({ reason: 'netns-missing', node, object: node, values: { name: node } }) };
  }
  const first = routeTo(context, node, state, headers.destination);
  if ('finding' in first) return { hop: bare(node, headers), stop: found(first.finding) };
  const source = headers.source === '' ? sourceOf(state, first.route, headers.destination) : headers.source;
  if (source === null) return { hop: bare(node, headers), stop: found(noSource(node, headers.destination)) };
  const packet = transit(context, node, state, null, { ...headers, source });
  packet.out = first.route?.dev ?? 'lo';
  const stop = pass(packet, 'OUTPUT');
  if (stop !== null) return { hop: packet.hop, stop };
  // A changed destination is routed again; its source stays.
  const again = routeTo(context, node, state, packet.headers.destination);
  if ('finding' in again) return { hop: packet.hop, stop: found(again.finding) };
  return again.route === null ? loopBack(packet) : leave(packet, again.route);
}

/** A packet comes in by a link. `from`: the node that made it. */
function arrive(context: Context, arrival: Arrival, from: string): Step {
  const { port } = arrival;
  const state = context.observation.nodes[port.node];
  if (state === undefined) throw new Error(`a segment leads to ${port.node}, which is not observed`);
  const packet = transit(context, port.node, state, port.link, arrival.headers);
  const stop = pass(packet, 'PREROUTING');
  if (stop !== null) return { hop: packet.hop, stop };
  if (isLocal(state, packet.headers.destination)) {
    const refused = reversePath(packet);
    return refused === null ? deliver(packet) : { hop: packet.hop, stop: found(refused) };
  }
  const next = routeTo(context, port.node, state, packet.headers.destination);
  // IPv6 looks for a route first, and says where there is none, forwarding or not (ip6_pkt_discard).
  const unrouted = 'finding' in next && packet.headers.destination.includes(':');
  const closed = unrouted ? null : (linkLocalSource(packet, from) ?? forwarding(packet, arrival.gateway));
  if (closed !== null) return { hop: packet.hop, stop: found(closed) };
  if ('finding' in next) return { hop: packet.hop, stop: found(next.finding) };
  const refused = reversePath(packet);
  if (refused !== null) return { hop: packet.hop, stop: found(refused) };
  if (next.route === null) return deliver(packet);
  packet.out = next.route.dev;
  const filtered = pass(packet, 'FORWARD');
  return filtered === null ? leave(packet, next.route) : { hop: packet.hop, stop: filtered };
}

/** The last chains, then the wire. */
function leave(packet: Transit, route: Route): Step {
  const { hop, node, context } = packet;
  packet.hop.decisions.push({ by: 'route', text: route.text });
  packet.out = route.dev;
  packet.hop.out = route.dev;
  const next = nextHop(packet, route);
  const stop = pass(packet, 'POSTROUTING');
  if (stop !== null) return { hop, stop };
  if (route.dev === null) return { hop, stop: { kind: 'undecided', object: route.text } };
  const answer = neighbour(context.observation, { node, link: route.dev }, next);
  if (answer.kind === 'unknown') return { hop, stop: { kind: 'undecided', object: answer.port.link } };
  if (answer.kind === 'finding')
    return { hop, stop: found(silentGateway(answer.finding, packet.state, route)) };
  const { port } = answer;
  packet.hop.decisions.push({ by: 'neighbour', text: `${next} is ${port.node}:${port.link}` });
  const { via, destination } = route;
  const gateway = via === null ? null : { node, address: via, destination };
  const { hops: between, headers, stop: stopped } = throughBridges(context, port.way, packet.headers);
  if (stopped !== null) return { hop, between, stop: stopped };
  return { hop, between, next: { port: { node: port.node, link: port.link }, headers, gateway } };
}

/** A gateway that is the node itself is none: the kernel asks the wire for the destination. */
function nextHop({ state, headers }: Transit, { via }: Route): string {
  return via === null || isLocal(state, via) ? headers.destination : via;
}

/** A silent gateway silences every destination behind it: the words name the route. */
function silentGateway(finding: Finding, state: NodeState, { via, text, destination }: Route): Finding {
  if (via === null) return finding;
  const gateway: Values = isLocal(state, via) ? { own: via } : { gateway: via };
  return { ...finding, values: { ...finding.values, ...gateway, route: text, destination } };
}

/** What a node sends to itself goes by the loopback link, which a new namespace has down. */
function loopBack(packet: Transit): Step {
  const { hop } = packet;
  const stop = pass(packet, 'POSTROUTING');
  if (stop !== null) return { hop, stop };
  const lo = packet.state.links.find((link) => link.kind === 'loopback');
  if (lo === undefined || !lo.up) {
    const port = { node: packet.node, link: lo?.name ?? 'lo' };
    return { hop, stop: found(obstacleFinding(packet.context.observation, 'link-down', port)) };
  }
  packet.in = lo.name;
  return deliver(packet);
}

function deliver(packet: Transit): Step {
  const stop = pass(packet, 'INPUT');
  if (stop !== null) return { hop: packet.hop, stop };
  packet.hop.decisions.push({ by: 'local', text: `local ${packet.headers.destination}` });
  if (packet.context.direction === 'reply') return { hop: packet.hop, stop: null };
  const finding = unanswered(packet.node, packet.state, packet.headers);
  return { hop: packet.hop, stop: finding === null ? null : found(finding) };
}

/** The deciding route; `route: null` for the node's own addresses. */
function routeTo(
  context: Context,
  node: string,
  state: NodeState,
  to: string,
): { route: Route | null } | { finding: Finding } {
  if (isLocal(state, to)) return { route: null };
  const route = lookup(state, to);
  if (route === null) {
    const finding = missingRoute(context.observation, node, state, to);
    if (finding.reason !== 'no-route' || context.direction === 'request') return { finding };
    return { finding: { ...finding, reason: 'reply-not-routed' } };
  }
  if (refuses(route)) {
    const values = { dst: to, route: route.text, observed: route.type };
    return { finding: { reason: 'route-refuses', node, object: route.text, values } };
  }
  return { route: route.type === 'local' ? null : route };
}

function sourceOf(state: NodeState, route: Route | null, destination: string): string | null {
  return route === null ? destination : sourceFor(state, route, destination);
}

function noSource(node: string, to: string): Finding {
  return { reason: 'no-address', node, object: null, values: { dst: to, link: '', address: '' } };
}

function bare(node: string, headers: Headers): Hop {
  return { node, in: null, out: null, before: headers, after: headers, decisions: [] };
}

function found(finding: Finding): Stop {
  return { kind: 'finding', finding };
}
