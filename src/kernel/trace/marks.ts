import { randomInt } from 'node:crypto';
import type { TraceProbe } from '../../core/probe/trace-probe.ts';
import type { NodeState, Observation } from '../../core/state/observation.ts';
import type { TraceRule } from './watch.ts';

/**
 * The value that only this probe carries: an ICMP identifier, or a source port outside the range the kernel
 * gives to others (net.ipv4.ip_local_port_range, from 32768) on which no program of the node listens.
 */
export function markFor(probe: TraceProbe, node: NodeState | undefined): number {
  if (probe.kind === 'icmp') return nextIdentifier();
  if ('sourcePort' in probe && probe.sourcePort !== undefined) return probe.sourcePort;
  const taken = new Set(node?.listeners.map(({ port }) => port));
  for (;;) {
    const port = nextPort();
    if (!taken.has(port)) return port;
  }
}

/**
 * One after the other from a random one on: none comes again while the connection of an earlier probe is in TIME-WAIT
 * for a minute, where the kernel refuses its port (__inet_check_established), or conntrack still has its entry.
 */
function inTurn(first: number, end: number): () => number {
  let last = randomInt(first, end);
  return () => {
    last = last + 1 < end ? last + 1 : first;
    return last;
  };
}

const nextPort = inTurn(20_000, 30_000);
const nextIdentifier = inTurn(0x2000, 0xffff);

/** IP protocol numbers. */
const numbers = { tcp: [6], http: [6], udp: [17], dns: [17] } as const;

/**
 * Which packets are watched: those with the probe's mark, wherever it stands. NAT may replace the source
 * port; so everything to or from the port asked for is watched too, and every port that a rule translates to.
 */
export function rulesFor(probe: TraceProbe, mark: number, observation: Observation): TraceRule[] {
  const rules = ownRules(probe, mark, observation);
  return hasTunnels(observation) ? [...rules, ...carried(rules)] : rules;
}

function ownRules(probe: TraceProbe, mark: number, observation: Observation): TraceRule[] {
  if (probe.kind === 'icmp') {
    // Behind the ICMP header an error quotes the IP header (20 or 40 bytes, 48 of a fragment) and the start of what
    // it is about.
    return [
      [1, 4, hex(mark)],
      [1, 32, hex(mark)],
      [58, 4, hex(mark)],
      [58, 52, hex(mark)],
      [58, 60, hex(mark)],
      ...(randomised(observation) ? echoes : []),
    ];
  }
  const asked = probe.kind === 'dns' ? 53 : probe.port;
  const ports = [mark, asked, ...translatedPorts(observation)];
  const protocols = numbers[probe.kind];
  return [...new Set(ports)].flatMap((port): TraceRule[] => [
    ...protocols.flatMap((protocol): TraceRule[] => [
      [protocol, 0, hex(port)],
      [protocol, 2, hex(port)],
    ]),
    [1, 28, hex(port)],
    [1, 30, hex(port)],
    [58, 48, hex(port)],
    [58, 50, hex(port)],
  ]);
}

/**
 * What is told of tunnels besides: errors about their packets, which quote the port they go to, and packets that carry a
 * later fragment, which has nothing of the probe's own.
 */
export function besideTunnels({ nodes }: Observation): TraceRule[] {
  const links = Object.values(nodes).flatMap((state) => state.links);
  const ports = links.flatMap(({ kind, details }) => (kind === 'vxlan' ? [Number(details.dstport)] : []));
  return [
    ...[...new Set(ports)].flatMap((port): TraceRule[] => [
      [1, 8 + 20 + 2, hex(port)],
      [58, 8 + 40 + 2, hex(port)],
    ]),
    ...(ports.length === 0 ? [] : laterFragments),
  ];
}

/**
 * How every TCP connection begins: SYN and SYN,ACK, with ECN or without, and the RST that refuses it; and errors
 * about one. A program that answers may open a connection of its own, whose port is not known before.
 */
export function beginningsOf(probe: TraceProbe): { rules: TraceRule[]; frames: TraceRule[] } {
  if (probe.kind !== 'tcp' && probe.kind !== 'http') return { rules: [], frames: [] };
  const flags = ['02', 'c2', '12', '52', '14'];
  return {
    rules: flags.map((hex): TraceRule => [6, 13, hex]),
    // ICMP: destination unreachable. The rules' trace does not identify its packet.
    frames: [
      [1, 0, '03'],
      [58, 0, '01'],
    ],
  };
}

/**
 * NAT that gives an echo another identifier: then every echo is watched, and distinguished by the fields that
 * NAT leaves alone.
 */
function randomised({ nodes }: Observation): boolean {
  return Object.values(nodes).some(({ rules }) =>
    /-j (?:SNAT|MASQUERADE) .*--random/.test(rules.ipv4 + rules.ipv6),
  );
}

/** By type: echo request and reply, in both versions. */
const echoes: TraceRule[] = [
  [1, 0, '08'],
  [1, 0, '00'],
  [58, 0, '80'],
  [58, 0, '81'],
];

const hasTunnels = ({ nodes }: Observation): boolean =>
  Object.values(nodes).some(({ links }) => links.some(({ kind }) => kind === 'vxlan'));

/** Bytes from an outer UDP header to the payload of an inner Ethernet frame: UDP, VXLAN, Ethernet. */
const inner = 8 + 8 + 14;

/**
 * The same packets inside VXLAN, and the questions that they wait for: ARP by its EtherType, neighbour
 * discovery by type and code. From the front to the back, because a match beyond a packet's end fails.
 */
function carried(rules: readonly TraceRule[]): TraceRule[] {
  const within = rules.map(([protocol, offset, value]): TraceRule => {
    const v6 = protocol === 58;
    return [17, inner + (v6 ? 40 : 20) + offset, value];
  });
  const ports = rules.filter(([protocol, offset]) => protocol !== 1 && protocol !== 58 && offset < 4);
  const overV6 = ports.map(([, offset, value]): TraceRule => [17, inner + 40 + offset, value]);
  const asked: TraceRule[] = [
    [17, inner - 2, '0806'],
    [17, inner + 40, '8700'],
    [17, inner + 40, '8800'],
  ];
  return [...asked, ...within, ...overV6].toSorted(([, one], [, other]) => one - other);
}

const laterFragments: TraceRule[] = [
  // The offset of IPv4, whose first three bits are flags; the next header of IPv6.
  [17, inner + 6, '1fff', '0800'],
  [17, inner + 6, '2c'],
];

function translatedPorts({ nodes }: Observation): number[] {
  const text = Object.values(nodes)
    .map(({ rules }) => rules.ipv4 + rules.ipv6)
    .join('\n');
  const found = text.matchAll(/--to-(?:destination \S*?:|ports )(\d+)(?!\S*:)/g);
  return [...found].map((match) => Number(match[1]));
}

const hex = (port: number): string => port.toString(16).padStart(4, '0');
