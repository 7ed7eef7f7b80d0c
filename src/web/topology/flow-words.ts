import type { Flow } from '../state/protocol-types.ts';
import type { PacketQuestion } from '../view/sent.ts';

/** `10.0.2.2:80`, `[fd00::1]:53`; an echo's identifier is no port. */
export function endText({ protocol }: Flow, { address, port }: Flow['source']): string {
  if (port === null || (protocol !== 'tcp' && protocol !== 'udp')) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}

/** What it is: the protocol and the port of the one who was asked. */
export function whatText({ protocol, destination }: Flow): string {
  const name = protocol === 'icmp' && destination.address.includes(':') ? 'ICMPv6' : protocol.toUpperCase();
  return (protocol === 'tcp' || protocol === 'udp') && destination.port !== null
    ? `${name} ${destination.port}`
    : name;
}

/** A packet like those of the flow, to be followed; null where none can be made. */
export function questionOf(
  { from, protocol, destination }: Flow,
  nodes: readonly string[],
): PacketQuestion | null {
  const { address, port } = destination;
  if (!nodes.includes(from) || address === '') return null;
  if ((protocol === 'tcp' || protocol === 'udp') && port !== null && port > 0)
    return { from, to: address, probe: { kind: protocol, port } };
  return { from, to: address, probe: { kind: 'icmp' } };
}
