import { keyTo } from '../../path/model/policy.ts';
import { routing } from '../../path/model/routing.ts';
import type { Fields, TracedPacket } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import type { NodeState, Route } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { EndFacts, Ending } from './end-finding.ts';

/** Why the refusal of a node did not reach the sender. */
export const unsaidReasons = ['error-lost', 'after-redirect', 'no-way-back', 'rate-limit'] as const;
export type Unsaid = (typeof unsaidReasons)[number];

/**
 * A refusal that did not come to the sender is silence to it: the obstacle, as far as packets and state prove
 * it.
 */
export function unsaid(
  { recording, packets }: Ending,
  ended: EndFacts,
  refusal: TracedPacket | null,
): Values {
  const { from } = recording.request;
  if (ended.kind !== 'dropped' || ended.node === from || !saysNo(ended)) return {};
  if (refusal !== null) return { unsaid: 'error-lost', errorLost: placeOf(refusal) };
  const redirected = packets.some(
    ({ direction, header, hops }) =>
      direction === 'error' && header.icmp?.type === 5 && hops[0]?.node === ended.node,
  );
  const came = headersAt(packets, ended.node);
  const state = recording.observation.nodes[ended.node];
  if (state === undefined || came === null) return {};
  const { source: client, destination } = came;
  // A Service's address without a rule: it is the missing route that says no, where there is none.
  if (ended.reason === 'service-port' && wayTo(state, destination, '') !== null) return {};
  if (redirected) return { unsaid: 'after-redirect', client };
  if (!answers(state, client)) return { unsaid: 'no-way-back', client };
  return /tcp-reset|with tcp reset/.test(ended.values.rule ?? '') ? {} : { unsaid: 'rate-limit', client };
}

/**
 * Whether the routing policy lets an error out. That of IPv6 is looked up once more with the address that it got, so a
 * rule about this node's network counts (ip6_dst_lookup_tail).
 */
function answers(state: NodeState, client: string): boolean {
  const back = wayTo(state, client, '');
  if (back === null || !client.includes(':')) return back !== null;
  const own = state.links
    .find(({ name }) => name === back.dev)
    ?.addresses.find(({ family, scope }) => family === 'ipv6' && scope === 'global');
  return own === undefined || wayTo(state, client, own.address) !== null;
}

function wayTo(state: NodeState, to: string, from: string): Route | null {
  const back = routing(state, { ...keyTo(to), from });
  if (back.kind === 'undecided') return null;
  return back.kind === 'route' && !['unreachable', 'prohibit', 'blackhole'].includes(back.route.type)
    ? back.route
    : null;
}

/** A rule that rejects, a route that refuses aloud, and a router without a route. */
function saysNo({ reason, values }: EndFacts): boolean {
  if (reason === 'route-refuses') return values.observed !== 'blackhole';
  return reason === 'rejected-by-rule' || reason === 'no-route' || reason === 'service-port';
}

function placeOf({ end: { node, link } }: TracedPacket): string {
  return link === null ? node : `${node}:${link}`;
}

/** The packet as it came to the node, which would send the error to its source. */
function headersAt(packets: Ending['packets'], node: string): Fields | null {
  const hop = packets
    .find(({ direction }) => direction === 'request')
    ?.hops.findLast((one) => one.node === node);
  return hop?.before ?? null;
}

/** Whether the error came to the sender of the packet. */
export function heard(recording: Recording, refusal: TracedPacket | null): boolean {
  return refusal?.end.kind === 'delivered' && refusal.end.node === recording.request.from;
}
