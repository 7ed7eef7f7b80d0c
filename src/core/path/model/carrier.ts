import type { Observation } from '../../state/observation.ts';
import type { Finding } from './finding.ts';
import type { Protocol } from './packet.ts';
import { linkOf, type Port, type Receiver } from './segment.ts';
import { type TunnelEnd, tunnelEnds, tunnelPort } from './tunnel.ts';

/** Follows the packet between two ends of a tunnel: why it does not come there, `undecided`, or null. */
export type Carry = (asked: {
  node: string;
  source: string;
  address: string;
  port: number | null;
  protocol: Protocol;
}) => Finding | 'undecided' | null;

/** Assumes that every tunnel carries. */
export const carriesAll: Carry = () => null;

/** The obstacle that keeps the underlay from carrying a frame to a receiver, and its reply back. */
export function carrierTrouble(
  observation: Observation,
  carry: Carry,
  receiver: Receiver,
): ReturnType<Carry> {
  for (const end of tunnelsOn(observation, receiver.way)) {
    const there = carried(observation, carry, end);
    if (there !== null) return there;
    const back = end.to === null ? null : backOf(observation, end, end.to);
    const here = back === null ? null : carried(observation, carry, back);
    if (here !== null) return here;
  }
  return null;
}

/** The packet comes to a node that has no end for it, if it comes there at all. */
export function strayTrouble(observation: Observation, carry: Carry, end: TunnelEnd): ReturnType<Carry> {
  return carried(observation, carry, end) ?? unheard(observation, end);
}

/** No link of the node takes packets of this number and port. */
export function unheard(observation: Observation, { from, address, node }: TunnelEnd): Finding | null {
  const link = linkOf(observation, from);
  if (link === null) return null;
  const values = {
    ...{
      id: link.details.id ?? '',
      port: String(tunnelPort(link)),
      address,
      sender: `${from.node}:${from.link}`,
    },
    observed: tunnelsIn(observation, node),
  };
  return { reason: 'tunnel-unheard', node, object: values.id, values };
}

/** The tunnels that a node has, as people compare them. */
function tunnelsIn({ nodes }: Observation, node: string): string {
  const links = nodes[node]?.links.filter(({ kind }) => kind === 'vxlan') ?? [];
  return links.map((one) => `${one.name}: VNI ${one.details.id}, UDP ${tunnelPort(one)}`).join('; ');
}

function tunnelsOn(observation: Observation, way: readonly Port[]): TunnelEnd[] {
  return way.flatMap((to, at): TunnelEnd[] => {
    const from = way[at - 1];
    const link = from === undefined ? null : linkOf(observation, from);
    if (from === undefined || link?.kind !== 'vxlan' || linkOf(observation, to)?.kind !== 'vxlan') return [];
    const ends = tunnelEnds(observation, from, link, true) ?? [];
    const end = ends.find((one) => one.to?.node === to.node && one.to.link === to.link);
    return end === undefined ? [] : [end];
  });
}

/** The way of the reply: back to the sender of the request. */
function backOf(observation: Observation, { from }: TunnelEnd, to: Port): TunnelEnd | null {
  const link = linkOf(observation, to);
  const own = linkOf(observation, from)?.details.local;
  const ends = link === null ? null : tunnelEnds(observation, to, link, true);
  const known = ends?.find((one) => one.to?.node === from.node && one.to.link === from.link);
  if (known !== undefined) return known;
  const learns = link?.details.learning !== 'false' && own !== undefined;
  return learns ? { from: to, address: own, node: from.node, to: from } : null;
}

function carried(observation: Observation, carry: Carry, { from, address }: TunnelEnd): ReturnType<Carry> {
  const link = linkOf(observation, from);
  if (link === null) return null;
  const found = carry({
    node: from.node,
    source: link.details.local ?? '',
    address,
    port: tunnelPort(link),
    protocol: 'udp',
  });
  if (found === null || found === 'undecided') return found;
  const carrier = `VXLAN ${link.details.id}`;
  return { ...found, values: { ...found.values, carrier } };
}
