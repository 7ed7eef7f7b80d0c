import { sentNowhere, unheard } from '../../path/model/carrier.ts';
import type { Finding } from '../../path/model/finding.ts';
import { carryIn } from '../../path/model/journey.ts';
import { obstacleFinding } from '../../path/model/obstacle.ts';
import { routedOut } from '../../path/model/route-decision.ts';
import { isLocal } from '../../path/model/routing.ts';
import type { Port } from '../../path/model/segment.ts';
import { anybody, endIn, tunnelPort } from '../../path/model/tunnel.ts';
import { endOf } from '../../path/model/tunnel-behind.ts';
import type { Link } from '../../state/observation.ts';
import { inNode, type Place } from './place.ts';

/** The receivers of a VXLAN link's frame, and the node that has its MAC address. */
export function tunnelCause(place: Place, { node, link }: Port): Finding | null {
  const { observation, hop, before } = place;
  const sent = hop.node === node ? hop : before;
  const mac = sent?.after?.destinationMac ?? hop.before?.destinationMac ?? '';
  const state = observation.nodes[node];
  const own = state?.links.find(({ name }) => name === link);
  const entry =
    state?.fdb.find((one) => one.dev === link && one.mac === mac) ??
    state?.fdb.find((one) => one.dev === link && one.mac === anybody);
  const to = entry?.dst ?? own?.details.remote ?? null;
  const right = endOf(observation, mac, own?.details.id ?? '', node);
  if (to !== null && (right === null || right.address === to))
    return own == null ? null : underlay(place, own, to);
  const values = {
    ...{ mac, link, observed: to ?? '', expected: to === null ? '' : (right?.address ?? '') },
    owner: right?.node ?? '',
  };
  return { reason: 'wrong-tunnel-end', node, object: mac, values };
}

/** No packet of the tunnel was seen: its node could not send it. */
function underlay(place: Place, link: Link, address: string): Finding | null {
  const carry = carryIn(inNode(place).context);
  const source = link.details.local ?? '';
  const found = carry({ node: place.hop.node, source, address, port: tunnelPort(link), protocol: 'udp' });
  return found === 'undecided' ? null : found;
}

/** The packet of a tunnel is for an address that no node has, or for a group elsewhere: its sender has a wrong end. */
export function nowhereCause({ observation, hop, packet, headers }: Place): Finding | null {
  const { tunnel } = hop;
  const sender = packet.hops.findLast((one) => one.tunnel !== null && one.in === null)?.node;
  if (tunnel === null || sender === undefined) return null;
  const own = observation.nodes[sender]?.links.find(
    ({ kind, details }) => kind === 'vxlan' && details.id === tunnel.id,
  );
  return own === undefined
    ? null
    : sentNowhere(observation, { node: sender, link: own.name }, headers.destination);
}

/** The packet of a tunnel came to the node that it is for, and no link there took it. */
export function unheardCause({ observation, hop, packet, state, headers }: Place): Finding | null {
  const { tunnel } = hop;
  if (tunnel === null || hop.in === null || hop.out !== null || !isLocal(state, headers.destination))
    return null;
  const link = endIn(state, tunnel.id, headers.destinationPort ?? 0);
  if (link !== null && !link.up)
    return obstacleFinding(observation, 'link-down', { node: hop.node, link: link.name });
  if (link !== null) return null;
  const sender = packet.hops.find((one) => one.tunnel !== null)?.node ?? '';
  const own = observation.nodes[sender]?.links.find(
    ({ kind, details }) => kind === 'vxlan' && details.id === tunnel.id,
  );
  const end = {
    from: { node: sender, link: own?.name ?? '' },
    address: headers.destination,
    node: hop.node,
    to: null,
  };
  return unheard(observation, end);
}

/**
 * A tunnel made with `dev` sends by that link even without a route, and then takes the other end for a neighbour: what
 * is missing is the route.
 */
export function unroutedCause(place: Place): Finding | null {
  const { hop } = place;
  if (hop.tunnel === null || hop.in !== null || hop.out !== null || hop.resolution?.answer !== null)
    return null;
  const decision = routedOut(inNode(place));
  return 'stop' in decision && decision.stop.kind === 'finding' ? decision.stop.finding : null;
}
