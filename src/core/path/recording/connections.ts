import { sameAddress } from '../../state/ip.ts';
import type { Header } from './header.ts';
import type { TracedHop } from './hop.ts';
import type { ConntrackEntry, Recording, Tuple } from './recording.ts';

/** The entry of a node's conntrack table that a packet belongs to: it fits one of its two directions. */
export function conntrackOf(
  { connections }: Recording,
  node: string,
  header: Header | null,
): TracedHop['conntrack'] {
  if (header === null) return null;
  // An error belongs to the connection of the packet it is about.
  const about = header.quoted ?? header;
  const found = connections.find(
    (one) =>
      one.node === node &&
      [one.original, inverse(one.reply), one.reply, inverse(one.original)].some((tuple) =>
        fits(tuple, about),
      ),
  );
  if (found === undefined) return null;
  return { original: tupleText(found.original), reply: tupleText(found.reply), source: 'conntrack' };
}

/** How conntrack changes the packets of a connection that it has: what becomes of one with these ends. */
export interface Kept {
  entry: ConntrackEntry;
  source: string;
  destination: string;
  destinationPort: number | null;
}

/** The effect of an entry on a packet of its connection, in either direction; null for other packets. */
export function keptBy(entry: ConntrackEntry, header: Ends): Kept | null {
  const { original, reply } = entry;
  const [own, other] = fits(original, header) ? [original, reply] : [reply, original];
  if (!fits(own, header)) return null;
  const { source, destination, sourcePort } = other;
  return { entry, source: destination, destination: source, destinationPort: sourcePort };
}

type Ends = Pick<Header, 'source' | 'destination' | 'protocol' | 'icmp' | 'sourcePort' | 'destinationPort'>;

const numbers: Record<string, number[]> = { icmp: [1, 58], tcp: [6], udp: [17] };

function fits(
  tuple: Tuple,
  { source, destination, protocol, icmp, sourcePort, destinationPort }: Ends,
): boolean {
  if (!numbers[protocol]?.includes(tuple.protocol)) return false;
  if (!sameAddress(tuple.source, source) || !sameAddress(tuple.destination, destination)) return false;
  if (icmp !== null) return tuple.sourcePort === icmp.id;
  return tuple.sourcePort === sourcePort && tuple.destinationPort === destinationPort;
}

function inverse(tuple: Tuple): Tuple {
  return {
    ...tuple,
    source: tuple.destination,
    destination: tuple.source,
    sourcePort: tuple.destinationPort,
    destinationPort: tuple.sourcePort,
  };
}

/** `192.168.15.2:40000 -> 8.8.8.8:80`; for icmp without its identifier. */
export function tupleText({ source, destination, protocol, sourcePort, destinationPort }: Tuple): string {
  const end = (address: string, port: number | null) => {
    if (port === null || protocol === 1 || protocol === 58) return address;
    return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  };
  return `${end(source, sourcePort)} -> ${end(destination, destinationPort)}`;
}
