import type { Observation } from '../../state/observation.ts';
import { readNumber } from './bytes.ts';
import { type Decoded, decode, typeAt } from './header.ts';
import type { Tunnel } from './tunnel.ts';

/** A frame that travels in UDP behind a VXLAN header (RFC 7348). */
export interface InnerFrame {
  tunnel: Tunnel;
  inner: Decoded;
}

/** UDP ports at which the lab's VXLAN links listen. */
export function portsOfTunnels({ nodes }: Observation): Set<number> {
  const links = Object.values(nodes).flatMap((state) => state.links);
  return new Set(links.flatMap(({ kind, details }) => (kind === 'vxlan' ? [Number(details.dstport)] : [])));
}

/** Ethernet, IP and UDP in front of a VXLAN header; a later fragment has none. */
export function carriedBy(bytes: Uint8Array): InnerFrame | null {
  const type = typeAt(bytes);
  const v6 = readNumber(bytes, type, 2) === 0x86dd;
  const udp = type + 2 + (v6 ? 40 : ((bytes[type + 2] ?? 0) & 15) * 4);
  const inner = bytes.subarray(udp + 16);
  if (inner.length < 14) return null;
  return { tunnel: tunnelIn(bytes.subarray(udp)), inner: decode(inner) };
}

/** @param transport a UDP header and the bytes after it. */
export function tunnelIn(transport: Uint8Array): Tunnel {
  return { kind: 'vxlan', id: String(readNumber(transport, 12, 4) >>> 8) };
}
