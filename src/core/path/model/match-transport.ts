import type { Match } from 'iptables-parser-ts';
import { all, any, type Certainty, matchArgument } from './certainty.ts';
import type { Sighting } from './sighting.ts';

type Of<K extends Match['kind']> = Extract<Match, { kind: K }>;
type Range = { from: number | string; to: number | string };

/** The first packet of a TCP connection is a SYN, its answer a SYN,ACK. */
export function matchTcp(match: Of<'tcp'>, sighting: Sighting): Certainty {
  const flags = sighting.answer ? ['SYN', 'ACK'] : ['SYN'];
  if (sighting.headers.later === true) return false;
  return all([
    ...ports(match, sighting),
    matchArgument(match.flags, ({ mask, set }) =>
      mask.every((flag) => flags.includes(flag) === set.includes(flag)),
    ),
    matchArgument(match.tcpOption, () => 'unknown'),
  ]);
}

export function matchUdp(match: Of<'udp'>, sighting: Sighting): Certainty {
  return sighting.headers.later !== true && all(ports(match, sighting));
}

/** An association begins with a chunk INIT, alone in its packet, and is answered by INIT ACK (RFC 9260, 3.3.2). */
export function matchSctp(match: Of<'sctp'>, sighting: Sighting): Certainty {
  const own = sighting.answer ? 'INIT_ACK' : 'INIT';
  if (sighting.headers.later === true) return false;
  return all([
    ...ports(match, sighting),
    matchArgument(match.chunkTypes, ({ amount, chunks }) => {
      if (chunks === 'ALL') return amount !== 'all';
      if (amount === 'all') return chunks.every(({ name }) => name === own);
      return chunks.some(({ name }) => name === own);
    }),
  ]);
}

export function matchMultiport(match: Of<'multiport'>, { headers }: Sighting): Certainty {
  if (headers.later === true) return false;
  const source = (ranges: Range[]) => any(ranges.map((range) => inRange(range, headers.sourcePort)));
  const destination = (ranges: Range[]) =>
    any(ranges.map((range) => inRange(range, headers.destinationPort)));
  return all([
    matchArgument(match.sourcePorts, source),
    matchArgument(match.destinationPorts, destination),
    matchArgument(match.ports, (ranges) => any([source(ranges), destination(ranges)])),
  ]);
}

/** Echo request and reply: 8 and 0, in IPv6 128 and 129. */
export function matchIcmp(match: Of<'icmp' | 'icmp6'>, { headers, answer, icmpType }: Sighting): Certainty {
  if (headers.protocol !== 'icmp' || headers.later === true) return false;
  const [request, reply] = match.kind === 'icmp' ? [8, 0] : [128, 129];
  const sent = icmpType ?? (answer ? reply : request);
  return matchArgument(match.type, ({ type, code }) => {
    const any = match.kind === 'icmp' && type === 255 && code === undefined;
    return any || (type === sent && (code === undefined || code === 0));
  });
}

function ports(match: Of<'tcp' | 'udp' | 'sctp'>, { headers }: Sighting): Certainty[] {
  if (headers.protocol !== match.kind) return [false];
  return [
    matchArgument(match.sourcePort, (range) => inRange(range, headers.sourcePort)),
    matchArgument(match.destinationPort, (range) => inRange(range, headers.destinationPort)),
  ];
}

/** The client's kernel chooses its port, so only a range that holds all of them (or none) decides. */
const ephemeral = { from: 1024, to: 65535 };

export function inRange(range: Range, port: number | null): Certainty {
  const { from, to } = range;
  if (typeof from === 'string' || typeof to === 'string') return 'unknown';
  if (port !== null) return from <= port && port <= to;
  if (from <= ephemeral.from && to >= ephemeral.to) return true;
  return to < ephemeral.from ? false : 'unknown';
}
