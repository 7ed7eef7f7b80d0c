import { sameAddress } from '../../state/ip.ts';
import type { Link, NodeState, Observation } from '../../state/observation.ts';
import { given, sourceTo, takes } from './ip-end.ts';
import type { Protocol } from './packet.ts';
import type { Port } from './port.ts';
import { isLocal } from './routing.ts';

/** The entry of a forwarding database for whom nothing else is written. */
export const anybody = '00:00:00:00:00:00';

/** Kinds of links that carry frames, and the protocol of the packets that carry them. */
const frames: Readonly<Record<string, Protocol>> = { vxlan: 'udp', gretap: 'gre', ip6gretap: 'gre' };

export const frameProtocol = (link: Link | null): Protocol | null => frames[link?.kind ?? ''] ?? null;

/** One end of a tunnel, and an address to which it sends. */
export interface TunnelEnd {
  from: Port;
  address: string;
  /** The node that has the address (empty: none does), and its end of the same tunnel; null where it has none. */
  node: string;
  to: Port | null;
}

/** UDP port at which a VXLAN link sends and listens. */
export const tunnelPort = ({ details }: Link): number => Number(details.dstport);

/** The source of the packets that a link sends to its other end. */
export function tunnelSource(state: NodeState | undefined, { details }: Link, address: string): string {
  return given(details.local) ?? (state === undefined ? null : sourceTo(state, address)) ?? '';
}

/**
 * The receivers of a frame that a link of a tunnel sends: the ends in its forwarding database (VXLAN) and the remote
 * it was made with.
 * @param known the frame is for a MAC address that has an entry of its own; others go to the default
 *   receivers.
 */
export function tunnelEnds(observation: Observation, from: Port, link: Link, known: boolean): TunnelEnd[] {
  const state = observation.nodes[from.node];
  const entries = state?.fdb.filter(({ dev, dst }) => dev === link.name && dst !== null) ?? [];
  const all = entries.filter(({ mac }) => known || mac === anybody).map(({ dst }) => dst);
  const { remote, group } = link.details;
  const addresses = [...new Set([given(remote), group, ...all].filter((one) => one != null))];
  return addresses.map((address): TunnelEnd => {
    const found = Object.entries(observation.nodes).find(([, other]) => has(other, address));
    if (found === undefined) return { from, address, node: '', to: null };
    const [node, other] = found;
    const end = other.links.find(
      (one) =>
        isOther(one, link, from, node) &&
        fits(one, link, { address, source: tunnelSource(state, link, address) }),
    );
    return { from, address, node, to: end === undefined ? null : { node, link: end.name } };
  });
}

/** The VXLAN link of a node that receives the packets of another one. */
export function endIn(state: NodeState | undefined, id: string, port: number): Link | null {
  return (
    state?.links.find((one) => one.kind === 'vxlan' && one.details.id === id && tunnelPort(one) === port) ??
    null
  );
}

function isOther(one: Link, link: Link, from: Port, node: string): boolean {
  return one.kind === link.kind && !(node === from.node && one.name === from.link);
}

/** The number and the port of a VXLAN; the ends and the key of a tunnel without ports. */
function fits(one: Link, link: Link, { address, source }: { address: string; source: string }): boolean {
  if (link.kind !== 'vxlan') return takes(one, link, address, source);
  return one.details.id === link.details.id && tunnelPort(one) === tunnelPort(link);
}

function has(state: NodeState, address: string): boolean {
  return (
    isLocal(state, address) ||
    state.links.some(({ addresses }) => addresses.some((own) => sameAddress(own.address, address)))
  );
}

/** The only other end of a VXLAN that sends to an address which no node has. */
export function rightEnd(
  observation: Observation,
  { node }: Port,
  own: Link,
): { node: string; address: string } | null {
  const ends = Object.entries(observation.nodes).flatMap(([name, { links }]) =>
    links
      .filter((one) => name !== node && one.kind === own.kind && fits(one, own, { address: '', source: '' }))
      .map(({ details }) => ({ node: name, address: details.local ?? '' })),
  );
  const [only] = ends;
  return ends.length === 1 && only !== undefined && only.address !== '' ? only : null;
}
