import type { FlowPacket, Sight } from './flow.ts';
import type { Header } from './header.ts';

/** Whether this later fragment is a piece of the packet: in fragments already, or cut up by a router on its way. */
export function isPieceOf({ header: whole }: FlowPacket, header: Header): boolean {
  const offset = header.fragment?.offset ?? 0;
  if (offset === 0 || whole.id === null || whole.id !== header.id || whole.protocol !== header.protocol)
    return false;
  return whole.fragment === null ? whole.length > offset : whole.fragment.offset === 0;
}

/**
 * A node that translates puts fragments together and cuts them up again, and writes the new header over the one
 * that a capture may not have read yet (ip_do_fragment); only the first fragment's is a copy. So a later fragment
 * has, at each device, the addresses and the TTL of the first one there.
 */
export function asTheFirst(packets: readonly FlowPacket[]): void {
  for (const packet of packets) {
    const first = packets.find((one) => isPieceOf(one, packet.header) && one.direction === packet.direction);
    if (first === undefined) continue;
    for (const [index, sight] of packet.sights.entries()) {
      const before = packet.sights.slice(0, index).filter((one) => sameDevice(one, sight)).length;
      const there = first.sights.filter((one) => sameDevice(one, sight))[before];
      if (there === undefined) continue;
      const { source, destination, ttl } = there.header;
      sight.header = { ...sight.header, source, destination, ttl };
    }
  }
}

function sameDevice(one: Sight, other: Sight): boolean {
  return one.node === other.node && one.link === other.link && one.way === other.way;
}
