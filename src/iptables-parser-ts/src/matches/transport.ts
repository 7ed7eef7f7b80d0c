import { extension, type Negatable, type Node, negatable, option, required } from '../grammar.ts';
import { integer } from '../values/integer.ts';
import { numberRange } from '../values/number-range.ts';
import { decimalPortRange, type PortRange, portList, portRange } from '../values/port.ts';
import { constant } from '../values/present.ts';
import { sctpChunks } from '../values/sctp-chunks.ts';
import { tcpFlags } from '../values/tcp-flags.ts';

const sourcePort = negatable(option('--sport', portRange, '--source-port'));
const destinationPort = negatable(option('--dport', portRange, '--destination-port'));

/** A port range that holds every port is not kept by the kernel's tools, unless it is negated. */
function dropFullRanges<
  T extends { sourcePort?: Negatable<PortRange>; destinationPort?: Negatable<PortRange> },
>(match: T): T {
  const tidy = { ...match };
  if (isFull(tidy.sourcePort)) delete tidy.sourcePort;
  if (isFull(tidy.destinationPort)) delete tidy.destinationPort;
  return tidy;
}

const isFull = (ports: Negatable<PortRange> | undefined): boolean =>
  ports !== undefined && !ports.negated && ports.value.from === 0 && ports.value.to === 65535;

export const tcp = extension(
  'tcp',
  {
    sourcePort,
    destinationPort,
    /** A TCP option number that must be present. */
    tcpOption: negatable(option('--tcp-option', integer(255, 1))),
    /** The flags looked at, and those of them that must be set; `--syn` is FIN,SYN,RST,ACK SYN. */
    flags: negatable(
      option('--tcp-flags', tcpFlags, [
        '--syn',
        constant(() => ({ mask: ['FIN', 'SYN', 'RST', 'ACK'], set: ['SYN'] })),
      ]),
    ),
  },
  {
    tidy: (match) => {
      const { flags, ...rest } = dropFullRanges(match);
      const nothing =
        flags && !flags.negated && flags.value.mask.length === 0 && flags.value.set.length === 0;
      return flags && !nothing ? { ...rest, flags } : rest;
    },
  },
);
export type TcpMatch = Node<typeof tcp>;

/** Unlike TCP's, read by getaddrinfo: `010` is 10 here and 8 there. */
export const udp = extension(
  'udp',
  {
    sourcePort: negatable(option('--sport', decimalPortRange, '--source-port')),
    destinationPort: negatable(option('--dport', decimalPortRange, '--destination-port')),
  },
  { tidy: dropFullRanges },
);
export type UdpMatch = Node<typeof udp>;

/** A range that holds every port stays in the rule. */
export const sctp = extension('sctp', {
  sourcePort,
  destinationPort,
  chunkTypes: negatable(option('--chunk-types', sctpChunks)),
});
export type SctpMatch = Node<typeof sctp>;

export const multiport = extension(
  'multiport',
  {
    sourcePorts: negatable(option('--sports', portList, '--source-ports')),
    destinationPorts: negatable(option('--dports', portList, '--destination-ports')),
    /** Matches either direction. */
    ports: negatable(option('--ports', portList)),
  },
  {
    lacks: (m) =>
      [m.sourcePorts, m.destinationPorts, m.ports].filter(Boolean).length === 1
        ? undefined
        : 'exactly one of --sports, --dports and --ports',
  },
);
export type MultiportMatch = Node<typeof multiport>;

/** TCP packets with SYN whose MSS lies in a range. */
export const tcpmss = extension('tcpmss', { mss: required(negatable(option('--mss', numberRange(65535)))) });
export type TcpmssMatch = Node<typeof tcpmss>;
