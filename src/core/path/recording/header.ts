import { readAddress, readMac, readNumber } from './bytes.ts';

/** The header fields of one packet at one place: a hop shows them, and they identify the packet elsewhere. */
export interface Header {
  source: string;
  destination: string;
  ttl: number;
  /** IP identification; IPv6 has one in fragments only, null elsewhere. */
  id: number | null;
  /** Bytes of the IP packet. */
  length: number;
  /** Null where the packet is whole. */
  fragment: { offset: number; more: boolean } | null;
  /** `icmp`, `tcp`, `udp`, or the number of another protocol. */
  protocol: string;
  sourcePort: number | null;
  destinationPort: number | null;
  /** Bytes of the UDP datagram, in however many fragments it goes. */
  datagram: number | null;
  /** The first 8 bytes that it carries, as two numbers. */
  carried: string | null;
  tcp: { flags: string; sequence: number; acknowledgment: number; payload: number } | null;
  icmp: { type: number; code: number; id: number; sequence: number; mtu: number } | null;
  /** The packet an ICMP error is about, as the error quotes it. */
  quoted: Header | null;
}

/**
 * A question for the owner of an address on a wire, or its answer: ARP, and neighbour discovery in IPv6. Not the
 * question before one takes an address for its own (RFC 5227, 4862), which comes from no address: no packet waits for it.
 */
interface Neighbourly {
  kind: 'question' | 'answer';
  address: string;
  /** The MAC address of the sender, or of the address's owner. */
  mac: string;
}

export interface Decoded {
  sourceMac: string;
  destinationMac: string;
  /** The VLAN of its outermost tag (IEEE 802.1Q); null: it has none. */
  vlan: number | null;
  header: Header | null;
  neighbourly: Neighbourly | null;
}

/** The EtherTypes of a VLAN's tag: 802.1Q, and the outer one of two (802.1ad). */
const tagged = [0x8100, 0x88a8];

/** Where a frame's type stands: behind the tags of its VLANs. */
export function typeAt(bytes: Uint8Array): number {
  let at = 12;
  while (tagged.includes(readNumber(bytes, at, 2))) at += 4;
  return at;
}

/** Ethernet, its VLANs' tags, then ARP (RFC 826) or IP. */
export function decode(bytes: Uint8Array): Decoded {
  const at = typeAt(bytes);
  // Of the tag's two bytes the first four bits are priority; VLAN 0 is none, only a priority.
  const vlan = at === 12 ? null : readNumber(bytes, 14, 2) & 0xfff || null;
  const macs = { sourceMac: readMac(bytes, 6), destinationMac: readMac(bytes, 0), vlan };
  const type = readNumber(bytes, at, 2);
  const rest = bytes.subarray(at + 2);
  if (type === 0x0806) return { ...macs, header: null, neighbourly: arp(rest) };
  if (type === 0x0800) return { ...macs, header: ipv4(rest), neighbourly: null };
  if (type !== 0x86dd) return { ...macs, header: null, neighbourly: null };
  const found = discovery(rest, macs.sourceMac);
  return { ...macs, header: found === null ? ipv6(rest) : null, neighbourly: found };
}

function arp(bytes: Uint8Array): Neighbourly | null {
  const operation = readNumber(bytes, 6, 2);
  if (bytes.length < 28 || operation < 1 || operation > 2) return null;
  if (operation === 1 && isZero(bytes.subarray(14, 18))) return null;
  const asked = operation === 1 ? bytes.subarray(24, 28) : bytes.subarray(14, 18);
  return {
    kind: operation === 1 ? 'question' : 'answer',
    address: readAddress(asked),
    mac: readMac(bytes, 8),
  };
}

/** Neighbour solicitation and advertisement (RFC 4861). */
function discovery(bytes: Uint8Array, mac: string): Neighbourly | null {
  const type = bytes[6] === 58 ? bytes[40] : undefined;
  if (type !== 135 && type !== 136) return null;
  if (type === 135 && isZero(bytes.subarray(8, 24))) return null;
  const address = readAddress(bytes.subarray(48, 64));
  return { kind: type === 135 ? 'question' : 'answer', address, mac };
}

const isZero = (address: Uint8Array): boolean => address.every((byte) => byte === 0);

const protocols: Record<number, string> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmp' };

/**
 * A header as nftables' trace gives it: IP and the first bytes of the transport header, each on its own. Of
 * an IPv6 fragment it leaves out the header between them, which has the protocol: `asked` is that of the
 * probe.
 */
export function headerOf(network: Uint8Array, transport: Uint8Array, asked: string): Header | null {
  if (network[0] === undefined) return null;
  if (network[0] >> 4 !== 6) return ipv4(network, transport);
  return network[6] === fragmented ? ipv6(network, transport, asked) : ipv6(network, transport);
}

function ipv4(bytes: Uint8Array, transport?: Uint8Array): Header | null {
  if (bytes.length < 20) return null;
  const size = ((bytes[0] ?? 0) & 15) * 4;
  const [flags, length] = [readNumber(bytes, 6, 2), readNumber(bytes, 2, 2)];
  const [offset, more] = [(flags & 0x1fff) * 8, (flags & 0x2000) !== 0];
  return withTransport(
    {
      source: readAddress(bytes.subarray(12, 16)),
      destination: readAddress(bytes.subarray(16, 20)),
      ttl: bytes[8] ?? 0,
      id: readNumber(bytes, 4, 2),
      length,
      fragment: offset > 0 || more ? { offset, more } : null,
      protocol: protocols[bytes[9] ?? 0] ?? String(bytes[9]),
    },
    offset > 0 ? new Uint8Array() : (transport ?? bytes.subarray(size)),
    length - size,
  );
}

/** The next header value of a fragment header (RFC 8200, 4.5). */
const fragmented = 44;

function ipv6(bytes: Uint8Array, transport?: Uint8Array, asked?: string): Header | null {
  if (bytes.length < 40) return null;
  const length = readNumber(bytes, 4, 2);
  const piece = bytes[6] === fragmented && bytes.length >= 48 ? bytes.subarray(40, 48) : null;
  const size = piece === null ? 40 : 48;
  const next = (piece === null ? bytes[6] : piece[0]) ?? 0;
  const fragment = piece === null ? null : placeOf(readNumber(piece, 2, 2));
  return withTransport(
    {
      source: readAddress(bytes.subarray(8, 24)),
      destination: readAddress(bytes.subarray(24, 40)),
      ttl: bytes[7] ?? 0,
      id: piece === null ? null : readNumber(piece, 4, 4),
      length: length + 40,
      fragment,
      protocol: asked ?? protocols[next] ?? String(next),
    },
    fragment !== null && fragment.offset > 0 ? new Uint8Array() : (transport ?? bytes.subarray(size)),
    length + 40 - size,
  );
}

/** The offset's lowest three bits are flags: it counts in units of 8. */
function placeOf(bits: number): NonNullable<Header['fragment']> {
  return { offset: bits & 0xfff8, more: (bits & 1) !== 0 };
}

type Ip = Omit<Header, 'sourcePort' | 'destinationPort' | 'datagram' | 'carried' | 'tcp' | 'icmp' | 'quoted'>;

function withTransport(ip: Ip, bytes: Uint8Array, length: number): Header {
  const none = {
    ...{ sourcePort: null, destinationPort: null, datagram: null, carried: null },
    ...{ tcp: null, icmp: null, quoted: null },
  };
  if (bytes.length < 8) return { ...ip, ...none };
  if (ip.protocol === 'icmp') {
    const [type, code] = [bytes[0] ?? 0, bytes[1] ?? 0];
    const v6 = ip.source.includes(':');
    const rest = {
      id: readNumber(bytes, 4, 2),
      sequence: readNumber(bytes, 6, 2),
      mtu: readNumber(bytes, v6 ? 4 : 6, v6 ? 4 : 2),
    };
    const quoted = isError(type, v6) ? (v6 ? ipv6(bytes.subarray(8)) : ipv4(bytes.subarray(8))) : null;
    return { ...ip, ...none, icmp: { type, code, ...rest }, quoted };
  }
  if (ip.protocol !== 'tcp' && ip.protocol !== 'udp') return { ...ip, ...none };
  const ports = { sourcePort: readNumber(bytes, 0, 2), destinationPort: readNumber(bytes, 2, 2) };
  if (ip.protocol === 'udp') {
    const carried = `${readNumber(bytes, 8, 4)} ${readNumber(bytes, 12, 4)}`;
    return { ...ip, ...none, ...ports, datagram: readNumber(bytes, 4, 2), carried };
  }
  if (bytes.length < 14) return { ...ip, ...none, ...ports };
  const tcp = {
    flags: flagsOf(bytes[13] ?? 0),
    sequence: readNumber(bytes, 4, 4),
    acknowledgment: readNumber(bytes, 8, 4),
    payload: length - ((bytes[12] ?? 0) >> 4) * 4,
  };
  return { ...ip, ...none, ...ports, tcp };
}

/** Messages about another packet, which they quote (RFC 792, RFC 4443). */
export function isError(type: number, v6: boolean): boolean {
  return v6 ? type < 128 : [3, 4, 5, 11, 12].includes(type);
}

function flagsOf(byte: number): string {
  const names = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];
  return names.filter((_, bit) => (byte & (1 << bit)) !== 0).join(',');
}
