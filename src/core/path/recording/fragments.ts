import type { FlowPacket, Sight } from './flow-packet.ts';
import type { Header } from './header.ts';

/** Not the first: it has no ports. */
export const isLater = ({ fragment }: Pick<Header, 'fragment'>): boolean =>
  fragment !== null && fragment.offset > 0;

/**
 * Whether this later fragment is a piece of the packet: in fragments already, or cut up by a router on its way. A node
 * that puts IPv6 fragments together and cuts them up again gives them another identification (ip6_fragment).
 */
export function isPieceOf({ header, sights }: FlowPacket, piece: Header): boolean {
  const offset = piece.fragment?.offset ?? 0;
  if (offset === 0) return false;
  return [header, ...sights.map((sight) => sight.header)].some((whole) => {
    if (whole.id === null || whole.id !== piece.id || whole.protocol !== piece.protocol) return false;
    return whole.fragment === null ? whole.length > offset : whole.fragment.offset === 0;
  });
}

/**
 * A node that translates puts fragments together and cuts them up again, and writes the new header over the one
 * that a capture may not have read yet (ip_do_fragment, ip6_fragment); only the first fragment's is a copy. So a later
 * fragment has, at each device, the addresses and the TTL of the first one there, and the identification of the first.
 */
export function copyFirstHeader(packets: readonly FlowPacket[]): void {
  for (const packet of packets) {
    const first = packets.find((one) => isPieceOf(one, packet.header) && one.direction === packet.direction);
    if (first === undefined) continue;
    packet.header = { ...packet.header, id: first.header.id };
    for (const [index, sight] of packet.sights.entries()) {
      const before = packet.sights.slice(0, index).filter((one) => sameDevice(one, sight)).length;
      const there = first.sights.filter((one) => sameDevice(one, sight))[before];
      if (there === undefined) continue;
      const { sourceMac, destinationMac, header } = there;
      const { source, destination, ttl } = header;
      Object.assign(sight, {
        sourceMac,
        destinationMac,
        header: { ...sight.header, source, destination, ttl },
      });
    }
  }
}

function sameDevice(one: Sight, other: Sight): boolean {
  return one.node === other.node && one.link === other.link && one.way === other.way;
}
