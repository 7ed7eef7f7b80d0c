import { sameAddress } from '../../state/ip.ts';
import type { Headers } from './packet.ts';

/** One connection as one node knows it. NAT is decided on its first packet and undone on every reply. */
export interface Connection {
  /** The first packet as it came. */
  original: Headers;
  /** The first packet as it left. */
  translated: Headers;
  /** The hook at which the destination was changed; a reply's source is changed back at its counterpart. */
  destinationAt: 'PREROUTING' | 'OUTPUT' | null;
}

export function open(first: Headers): Connection {
  return { original: first, translated: first, destinationAt: null };
}

/** Whether the packet is one of the connection's, and of which direction. */
export function directionOf(connection: Connection, headers: Headers): 'original' | 'reply' | null {
  if (sameHeaders(connection.original, headers)) return 'original';
  return sameHeaders(inverse(connection.translated), headers) ? 'reply' : null;
}

export function inverse(headers: Headers): Headers {
  return {
    source: headers.destination,
    destination: headers.source,
    protocol: headers.protocol,
    sourcePort: headers.destinationPort,
    destinationPort: headers.sourcePort,
  };
}

/** A reply as it comes in: sent to the address the client had before SNAT. */
export function restoreDestination(connection: Connection, headers: Headers): Headers {
  const { source, sourcePort } = connection.original;
  return { ...headers, destination: source, destinationPort: sourcePort };
}

/** A reply as it goes out: from the address the client had asked for before DNAT. */
export function restoreSource(connection: Connection, headers: Headers): Headers {
  const { destination, destinationPort } = connection.original;
  return { ...headers, source: destination, sourcePort: destinationPort };
}

export function sameHeaders(one: Headers, other: Headers): boolean {
  return (
    sameAddress(one.source, other.source) &&
    sameAddress(one.destination, other.destination) &&
    one.protocol === other.protocol &&
    one.sourcePort === other.sourcePort &&
    one.destinationPort === other.destinationPort
  );
}
