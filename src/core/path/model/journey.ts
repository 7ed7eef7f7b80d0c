import { isMulticast } from '../../state/ip.ts';
import type { NodeState, Route } from '../../state/observation.ts';
import { missingNode } from '../../verdict/missing-node.ts';
import type { Values } from '../../verdict/verdict.ts';
import { unanswered } from './arrival.ts';
import { throughBridges } from './bridging.ts';
import type { Carry } from './carrier.ts';
import type { Finding } from './finding.ts';
import type { Gateway } from './forwarding.ts';
import { ipsecRefusal } from './ipsec.ts';
import { keptNetwork } from './kept-network.ts';
import { neighbour } from './neighbour.ts';
import { nextHop, silentGateway } from './next-hop.ts';
import { obstacleFinding } from './obstacle.ts';
import type { Headers, Hop, Journey } from './packet.ts';
import { keyOf, loopbackSource, routedIn, routedOut, routeFor, stopFor } from './route-decision.ts';
import type { Port } from './segment.ts';
import { sourceFor } from './source.ts';
import { type Context, pass, type Stop, type Transit, transit } from './transit.ts';
import { misdelivered } from './twin.ts';
import { untranslated } from './untranslated.ts';

/** IP's time to live as Linux sets it: so many routers may forward a packet. */
const timeToLive = 64;

/** The next step of a packet after a node, or the reason why it goes no further. */
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
  return onwards(context, node, depart(context, node, headers));
}

/** Follows a packet from where it comes in. `from`: the node that made it. */
export function travelOn(context: Context, from: string, arrival: Arrival): Journey {
  return onwards(context, from, arrive(context, arrival, from));
}

function onwards(context: Context, node: string, first: Step): Journey {
  const hops: Hop[] = [];
  const seen = new Set<string>();
  let step = first;
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
  return stopFor({
    reason: 'routing-loop',
    node: hop.node,
    object: destination,
    values: { dst: destination },
  });
}

/** A node's own program sends. */
function depart(context: Context, node: string, headers: Headers): Step {
  const state = context.observation.nodes[node];
  if (state === undefined) {
    const hop: Hop = { node, in: null, out: null, before: headers, after: headers, decisions: [] };
    return {
      hop,
      stop: stopFor({ reason: missingNode(context.observation), node, object: node, values: { name: node } }),
    };
  }
  const first = routeFor(context, node, state, keyOf(headers, null, context.mark));
  if ('stop' in first)
    return { hop: bare(node, headers), stop: untranslated(context, node, state, headers, first.stop) };
  const source = headers.source === '' ? sourceOf(state, first.route, headers.destination) : headers.source;
  if (source === null)
    return { hop: bare(node, headers), stop: stopFor(noSource(node, headers.destination)) };
  const packet = transit(context, node, state, null, { ...headers, source });
  packet.mark = context.mark;
  packet.out = first.route?.dev ?? 'lo';
  const refused = byIpsec(packet, 'out', packet.out);
  if (refused !== null) return { hop: packet.hop, stop: refused };
  const stop = pass(packet, 'OUTPUT');
  if (stop !== null) return { hop: packet.hop, stop };
  const again = routedOut(packet);
  if ('stop' in again) return { hop: packet.hop, stop: again.stop };
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
  const next = routedIn(packet, arrival.gateway, from);
  if ('stop' in next) return { hop: packet.hop, stop: next.stop };
  if (next.route === null) return deliver(packet);
  packet.out = next.route.dev;
  const refused = byIpsec(packet, 'fwd', port.link) ?? byIpsec(packet, 'out', packet.out ?? '');
  if (refused !== null) return { hop: packet.hop, stop: refused };
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
  const lie = loopbackSource(packet, route.dev);
  if (lie !== null) return { hop, stop: stopFor(lie) };
  // No question is asked for a group or a broadcast address, and more than one node may take the packet.
  if (isMulticast(next) || route.type === 'broadcast')
    return { hop, stop: { kind: 'undecided', object: next } };
  const start = { node, link: route.dev };
  const answer = neighbour(context.observation, start, next, packet.headers.source, carryIn(context));
  if (answer.kind === 'unknown') return { hop, stop: { kind: 'undecided', object: answer.port.link } };
  if (answer.kind === 'carrier') return { hop, stop: stopFor(answer.finding) };
  if (answer.kind === 'finding')
    return { hop, stop: stopFor(silentGateway(answer.finding, packet.state, route)) };
  const { port } = answer;
  packet.hop.decisions.push({ by: 'neighbour', text: `${next} is ${port.node}:${port.link}` });
  const { via, destination, table, tos } = route;
  const where = { node, destination, table, ...(tos === undefined ? {} : { tos }) };
  const gateway = via === null ? null : { ...where, address: via };
  const { hops: between, headers, stop: stopped } = throughBridges(context, port.way, packet.headers);
  if (stopped !== null) return { hop, between, stop: stopped };
  return { hop, between, next: { port: { node: port.node, link: port.link }, headers, gateway } };
}

/** A packet that a node sends to itself goes by the loopback link, which is down in a new namespace. */
function loopBack(packet: Transit): Step {
  const { hop } = packet;
  const stop = pass(packet, 'POSTROUTING');
  if (stop !== null) return { hop, stop };
  const lo = packet.state.links.find((link) => link.kind === 'loopback');
  if (lo === undefined || !lo.up) {
    const port = { node: packet.node, link: lo?.name ?? 'lo' };
    const finding = obstacleFinding(packet.context.observation, 'link-down', port);
    const { destination } = packet.headers;
    const itself = /^(127\.|::1$)/.test(destination) ? '' : destination;
    const values = { ...finding.values, itself };
    return { hop, stop: stopFor({ ...finding, values }) };
  }
  packet.in = lo.name;
  const { context, node, state, headers } = packet;
  const kept =
    context.direction === 'reply' ? keptNetwork(context.observation, node, state, headers.destination) : null;
  return kept === null ? deliver(packet) : { hop, stop: stopFor(kept) };
}

function deliver(packet: Transit): Step {
  const stop = pass(packet, 'INPUT');
  if (stop !== null) return { hop: packet.hop, stop };
  const refused = byIpsec(packet, 'in', packet.in ?? 'lo');
  if (refused !== null) return { hop: packet.hop, stop: refused };
  packet.hop.decisions.push({ by: 'local', text: `local ${packet.headers.destination}` });
  // The receiver of a tunnel's packet is not a program: it sends no reply.
  if (packet.context.direction === 'reply' || packet.context.within > 0)
    return { hop: packet.hop, stop: null };
  const { node, state, headers, context } = packet;
  const silent = unanswered(node, state, headers, packet.in, packet.hop.before);
  const finding = silent === null ? null : (misdelivered(context.observation, node, headers) ?? silent);
  return { hop: packet.hop, stop: finding === null ? null : stopFor(finding) };
}

function byIpsec(
  { context: { observation }, node, state, headers }: Transit,
  direction: 'in' | 'out' | 'fwd',
  link: string,
): Stop | null {
  const finding = ipsecRefusal({ observation, node, state, headers }, direction, link);
  return finding === null ? null : stopFor(finding);
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

/** Tunnels in tunnels, deeper than any lab has. */
const deepest = 4;

/**
 * Follows the outer packet of a tunnel's frame as a packet of its own, which other rules and routes decide
 * about.
 */
export function carryIn(context: Context): Carry {
  return ({ node, source, address, port, protocol }) => {
    if (context.within >= deepest) return 'undecided';
    const own: Context = {
      ...{ ...context, direction: 'request', mark: 0, tos: 0, connections: new Map() },
      within: context.within + 1,
    };
    const headers: Headers = {
      ...{ source, destination: address, protocol, sourcePort: null, destinationPort: port },
    };
    const { end } = travel(own, node, headers);
    if (end.kind === 'delivered') return null;
    return end.kind === 'undecided' ? 'undecided' : findingIn(end);
  };
}

function findingIn({ reason, node, object, values }: Finding): Finding {
  return { reason, node, object, values };
}
