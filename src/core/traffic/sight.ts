import { readAddress } from '../path/recording/bytes.ts';
import { decode, type Header, typeAt } from '../path/recording/header.ts';
import type { Frame } from '../path/recording/recording.ts';
import type { FlowEnd } from './flow.ts';

/** IANA's names of protocols that a lab may have, by their numbers (RFC 5237). */
const names: Record<string, string> = {
  ...{ '2': 'igmp', '4': 'ipip', '41': 'ipv6', '47': 'gre', '50': 'esp', '51': 'ah', '88': 'eigrp' },
  ...{ '89': 'ospf', '103': 'pim', '112': 'vrrp', '115': 'l2tp', '132': 'sctp' },
};
const nameOf = (protocol: string): string => names[protocol] ?? protocol;

/** What a frame says about the flow it belongs to. */
export interface Sight {
  protocol: string;
  source: FlowEnd;
  destination: FlowEnd;
  /** The same for the same packet in every node, also behind a translation of its addresses and ports. */
  print: string;
  /** The sender expects something to come back. */
  asks: boolean;
  /** It refuses what the flow asked for. */
  refuses: boolean;
  /** Another flow's packet, which an ICMP error quotes. */
  about: { protocol: string; source: FlowEnd; destination: FlowEnd } | null;
}

export function sightOf({ bytes }: Frame): Sight | null {
  const { header, neighbourly } = decode(bytes);
  if (neighbourly !== null) {
    const question = neighbourly.kind === 'question';
    const other = peerOf(bytes, question);
    const [from, to] = question ? [other, neighbourly.address] : [neighbourly.address, other];
    return {
      protocol: neighbourly.address.includes(':') ? 'ndp' : 'arp',
      ...{ source: { address: from, port: null }, destination: { address: to, port: null } },
      print: `neighbour ${neighbourly.kind} ${from} ${to}`,
      ...{ asks: question, refuses: false, about: null },
    };
  }
  if (header === null || (header.fragment?.offset ?? 0) > 0) return null;
  const { protocol, icmp, tcp, quoted } = header;
  return {
    protocol: nameOf(protocol),
    ...endsOf(header),
    print: printOf(header, bytes),
    asks: icmp ? isEcho(icmp.type) : tcp ? tcp.payload > 0 || tcp.flags === 'SYN' : protocol === 'udp',
    refuses: tcp?.flags.includes('RST') ?? false,
    about: quoted === null ? null : { protocol: nameOf(quoted.protocol), ...endsOf(quoted) },
  };
}

/** Who asks for an address, or is answered: in ARP the sender or the target, in IPv6 that of the packet. */
function peerOf(bytes: Uint8Array, question: boolean): string {
  if (bytes[12] === 0x08) return readAddress(question ? bytes.subarray(28, 32) : bytes.subarray(38, 42));
  return readAddress(question ? bytes.subarray(22, 38) : bytes.subarray(38, 54));
}

/** Of an ICMP echo both ends have its identifier as their port. */
function endsOf({ source, destination, sourcePort, destinationPort, icmp }: Header) {
  return {
    source: { address: source, port: sourcePort ?? icmp?.id ?? null },
    destination: { address: destination, port: destinationPort ?? icmp?.id ?? null },
  };
}

/** A request of ICMP or ICMPv6. */
const isEcho = (type: number): boolean => type === 8 || type === 128;

/** What NAT leaves as it is: the identification of the packet, TCP's numbers, the data. */
function printOf({ protocol, id, length, tcp, icmp }: Header, bytes: Uint8Array): string {
  if (tcp) return `tcp ${id} ${length} ${tcp.flags} ${tcp.sequence} ${tcp.acknowledgment}`;
  const kind = icmp ? `${icmp.type} ${icmp.code} ${icmp.sequence}` : '';
  return `${protocol} ${id} ${length} ${kind} ${dataOf(bytes)}`;
}

/** The first bytes behind the header of UDP or ICMP; ping has the time there. */
function dataOf(bytes: Uint8Array): string {
  const ip = typeAt(bytes) + 2;
  const version = (bytes[ip] ?? 0) >> 4;
  const start = ip + (version === 6 ? 40 : ((bytes[ip] ?? 0) & 15) * 4) + 8;
  return bytes.subarray(start, start + 16).join();
}
