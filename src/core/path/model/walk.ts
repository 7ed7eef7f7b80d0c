import type { Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { inverse, sameHeaders } from './conntrack.ts';
import { type Arrival, travel, travelOn } from './journey.ts';
import { nearlyTranslated } from './near-source.ts';
import type { End, Headers, Hop, Journey, Packet, Walk } from './packet.ts';
import { targetBy } from './rule-owner.ts';
import { missedPort } from './service-port.ts';
import type { Context } from './transit.ts';
import { unbridged } from './unbridged.ts';
import { turnOff, wayBack } from './way-back.ts';

/**
 * Predicts the path of a packet and its reply in the observed state, hop by hop. A prediction, not a trace:
 * its end is `undecided` if the state alone does not decide; it never guesses.
 */
export function walk(observation: Observation, packet: Packet): Walk {
  const context: Context = {
    ...{ observation, direction: 'request', mark: packet.mark ?? 0, tos: packet.tos ?? 0, within: 0 },
    ...{ connections: new Map(), rulesets: new Map() },
  };
  const request = travel(context, packet.from, firstHeaders(packet));
  const delivered = request.hops.at(-1);
  if (request.end.kind !== 'delivered' || delivered === undefined)
    return {
      request: { ...request, end: withRouter(observation, request, toService(observation, request)) },
      reply: null,
    };
  const sent = request.hops[0]?.before ?? firstHeaders(packet);
  const reply = travel(
    { ...context, direction: 'reply', mark: 0, tos: reflected(packet) },
    delivered.node,
    inverse(delivered.after),
  );
  const end = understood(observation, request, reply, packet, sent);
  return { request, reply: { ...reply, end: withRouter(observation, request, end, reply) } };
}

/** A packet at a place on its way: at an interface it came in by, or made in `node`. */
export interface Halfway {
  direction: 'request' | 'reply';
  node: string;
  headers: Headers;
  mark: number;
  /** The node that made it, where it has come in. */
  from: string;
  arrival: Arrival | null;
}

/** Predicts the rest of a packet's way from a place at which it was seen. */
export function walkOn(observation: Observation, at: Halfway): Journey {
  const { direction, node, headers, mark, from, arrival } = at;
  const context: Context = {
    ...{ observation, direction, mark, tos: 0, within: 0, connections: new Map(), rulesets: new Map() },
  };
  return arrival === null ? travel(context, node, headers) : travelOn(context, from, arrival);
}

/** Why the walk's packet gets no answer; null where it gets one. */
export function firstTrouble(way: Walk): Exclude<End, { kind: 'delivered' }> | null {
  if (way.request.end.kind !== 'delivered') return way.request.end;
  const end = way.reply?.end;
  return end === undefined || end.kind === 'delivered' ? null : end;
}

/** An echo reply has its request's (icmp_reply); a server sends with its own. */
const reflected = ({ protocol, tos = 0 }: Packet): number => (protocol === 'icmp' ? tos : 0);

function firstHeaders(packet: Packet): Headers {
  return {
    source: packet.source ?? '',
    destination: packet.to,
    protocol: packet.protocol,
    sourcePort: null,
    destinationPort: packet.port,
  };
}

/** A reply that comes to another node, or from another address than was asked, answers nobody's question. */
function understood(
  observation: Observation,
  request: Journey,
  reply: Journey,
  packet: Packet,
  sent: Headers,
): End {
  const last = reply.hops.at(-1);
  if (reply.end.kind !== 'delivered' || last === undefined) return reply.end;
  const values = {
    direction: 'reply',
    dst: last.after.destination,
    observed: last.after.source,
    expected: sent.destination,
  };
  if (last.node !== packet.from) {
    const first = reply.hops[0]?.node ?? last.node;
    return { kind: 'lost', reason: 'reply-not-routed', node: first, object: last.after.destination, values };
  }
  if (sameHeaders(last.after, inverse(sent))) return reply.end;
  const allValues = { ...values, ...answeredPast(observation, request, reply) };
  return {
    kind: 'lost',
    reason: 'wrong-translation',
    node: packet.from,
    object: last.after.source,
    values: allValues,
  };
}

/** The node that changed the request's destination, where the reply does not come by it: nothing changes its source back. */
function answeredPast(observation: Observation, request: Journey, reply: Journey): Values {
  const hop = request.hops.find(({ before, after }) => before.destination !== after.destination);
  const switched = ({ decisions: [first] }: Hop) => first?.by === 'bridge';
  if (hop === undefined || reply.hops.some((one) => one.node === hop.node && !switched(one))) return {};
  const own = reply.hops.some(({ node }) => node === hop.node);
  return {
    ...{ router: hop.node, server: hop.after.destination, client: hop.before.source },
    ...(own ? unbridged(observation, hop.node, hop.after.destination) : {}),
  };
}

/**
 * The end of a request to the address of a Service: to none of its ports it is nobody's, wherever it gets; on a closed
 * port of a pod the Service chose the port.
 */
function toService(observation: Observation, { hops, end }: Journey): End {
  const last = hops.at(-1);
  if (end.kind !== 'lost' || last === undefined || end.reason.endsWith('-by-rule')) return end;
  if (end.reason === 'no-listener') {
    const rules = hops.flatMap(({ node, decisions }) => decisions.map(({ text }) => ({ node, rule: text })));
    const service = targetBy(observation, rules, end.values.openPort);
    return { ...end, values: { ...end.values, ...service } };
  }
  const passed = hops.filter(({ out, in: came }) => (out ?? came) !== null).map(({ node }) => node);
  const values = missedPort(observation, passed, last.after);
  return values === null
    ? end
    : { kind: 'lost', reason: 'service-port', node: end.node, object: last.after.destination, values };
}

/** Adds the router that could bring the reply back, which the words need when the route back is missing. */
function withRouter(observation: Observation, request: Journey, end: End, reply?: Journey): End {
  if (end.kind !== 'lost') return end;
  const filtered = end.reason === 'rp-filter' && end.values.wayDev === undefined;
  if (end.reason !== 'reply-not-routed' && !filtered) return end;
  const to = end.values.dst ?? '';
  const values = {
    ...wayBack(observation, request, end.node, to),
    ...turnOff(observation, request.hops, reply?.hops ?? [], to),
  };
  return { ...end, values: { ...end.values, ...nearlyTranslated(observation, request), ...values } };
}
