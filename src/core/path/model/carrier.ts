import { isMulticast } from '../../state/ip.ts';
import type { Observation } from '../../state/observation.ts';
import type { Finding } from './finding.ts';
import { carrierOf, given, unownedEnd, untaken } from './ip-end.ts';
import type { Protocol } from './packet.ts';
import { ownersOf } from './routing.ts';
import { flood, linkOf, type Port, type Receiver } from './segment.ts';
import {
  anybody,
  frameProtocol,
  rightEnd,
  type TunnelEnd,
  tunnelEnds,
  tunnelPort,
  tunnelSource,
} from './tunnel.ts';

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
    const here = back === null ? answerKept(observation, end) : carried(observation, carry, back);
    if (here !== null) return here;
  }
  return null;
}

/** The packet comes to a node that has no end for it, if it comes there at all. */
export function strayTrouble(observation: Observation, carry: Carry, end: TunnelEnd): ReturnType<Carry> {
  const nowhere = sentNowhere(observation, end.from, end.address);
  const found = nowhere ?? carried(observation, carry, end);
  return found ?? (end.node === '' ? 'undecided' : unheard(observation, end));
}

/** No node has the address to which a VXLAN link sends, or it is a group's, and another end of it is elsewhere. */
export function sentNowhere(observation: Observation, from: Port, address: string): Finding | null {
  const own = linkOf(observation, from);
  if (own?.kind !== 'vxlan' || ownersOf(observation, address).length > 0) return null;
  const right = rightEnd(observation, from, own);
  if (right === null) return null;
  const group = isMulticast(address);
  if (group && own.lower !== null && reaches(observation, own.lower, right.node)) return null;
  const values = {
    ...{ mac: anybody, everyone: anybody, link: own.name, [group ? 'group' : 'nowhere']: address },
    ...{ expected: right.address, owner: right.node },
  };
  return { reason: 'wrong-tunnel-end', node: from.node, object: address, values };
}

/** No router passes on what is for a group. */
function reaches(observation: Observation, start: Port, to: string): boolean {
  return flood(observation, start, true).receivers.some(({ node }) => node === to);
}

/** No link of the node takes packets of this number and port. */
export function unheard(observation: Observation, { from, address, node }: TunnelEnd): Finding | null {
  const link = linkOf(observation, from);
  if (link === null) return null;
  const state = observation.nodes[node];
  if (link.kind !== 'vxlan' && state !== undefined) {
    const source = tunnelSource(observation.nodes[from.node], link, address);
    return untaken(from, link, source, { node, state, remote: address });
  }
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
    if (from === undefined || link === null || frameProtocol(link) === null) return [];
    if (linkOf(observation, to)?.kind !== link.kind) return [];
    const ends = tunnelEnds(observation, from, link, true);
    const end = ends.find((one) => one.to?.node === to.node && one.to.link === to.link);
    return end === undefined ? [] : [end];
  });
}

/** The way of the reply: back to the sender of the request. */
function backOf(observation: Observation, { from }: TunnelEnd, to: Port): TunnelEnd | null {
  const link = linkOf(observation, to);
  const own = linkOf(observation, from)?.details.local;
  const ends = link === null ? [] : tunnelEnds(observation, to, link, true);
  const known = ends.find((one) => one.to?.node === from.node && one.to.link === from.link);
  if (known !== undefined) return known;
  const learns = link?.details.learning !== 'false' && own !== undefined;
  return learns ? { from: to, address: own, node: from.node, to: from } : null;
}

/** The answer does not leave by a VXLAN link that learns no MAC address and has no entry for the end it came from. */
function answerKept(observation: Observation, { from, to, address }: TunnelEnd): Finding | null {
  const [own, link] = [linkOf(observation, from), to === null ? null : linkOf(observation, to)];
  if (to === null || own === null || link?.kind !== 'vxlan' || link.details.learning !== 'false') return null;
  const expected = tunnelSource(observation.nodes[from.node], own, address);
  if (expected === '') return null;
  const values = {
    mac: anybody,
    everyone: anybody,
    link: to.link,
    forgets: to.link,
    expected,
    owner: from.node,
  };
  return { reason: 'wrong-tunnel-end', node: to.node, object: anybody, values };
}

function carried(observation: Observation, carry: Carry, { from, address }: TunnelEnd): ReturnType<Carry> {
  const link = linkOf(observation, from);
  const state = observation.nodes[from.node];
  const protocol = frameProtocol(link);
  if (link === null || state === undefined || protocol === null) return null;
  const unowned = unownedEnd(from, state, link, address);
  if (unowned !== null) return unowned;
  const found = carry({
    node: from.node,
    source: given(link.details.local) ?? '',
    address,
    port: protocol === 'udp' ? tunnelPort(link) : null,
    protocol,
  });
  if (found === null || found === 'undecided') return found;
  const carrier = link.kind === 'vxlan' ? `VXLAN ${link.details.id}` : carrierOf(link.name, link.kind);
  return { ...found, values: { ...found.values, carrier } };
}
