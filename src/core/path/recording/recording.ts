import type { ProbeOutcome } from '../../probe/probe.ts';
import type { TraceRequest } from '../../probe/trace-probe.ts';
import type { Observation } from '../../state/observation.ts';
import type { Gap } from './gap.ts';

/** Everything that was seen of a machine while one probe was on its way. Nothing in it is interpreted. */
export interface Recording {
  request: TraceRequest;
  /** The value that only this probe carries: its ICMP identifier, or its source port. */
  mark: number;
  /** State just before the probe. */
  observation: Observation;
  outcome: ProbeOutcome;
  /** In the order of the kernel's clock. */
  frames: Frame[];
  /** In the order in which each node's kernel reported them. */
  events: RuleEvent[];
  handles: RuleHandle[];
  /** The same rules after the probe, with their counters. */
  counted: RuleHandle[];
  /** Entries of conntrack that were there before the probe, where they may concern it (`--sport`, a node with NAT). */
  known: ConntrackEntry[];
  connections: ConntrackEntry[];
  /** `nft -a list ruleset` of each node, where it was asked for: after a probe that was not answered as it should be. */
  nft: Record<string, string>;
  drops: Drop[];
  /** Connections that programs opened meanwhile. */
  connects: Connect[];
  /** The source of the kernel's drop reasons: its tracepoints, or none on this VM. */
  dropReasons: 'tracefs' | 'unavailable';
  /** The parts that could not be watched. */
  gaps: Gap[];
}

/** One frame at one device (packet(7)). */
export interface Frame {
  /** Nanoseconds since the epoch, of the one clock all nodes of a machine share. */
  time: bigint;
  node: string;
  link: string;
  /** `out`: sent. The others came in, by the address they were sent to. */
  way: 'host' | 'broadcast' | 'multicast' | 'otherhost' | 'out';
  bytes: Uint8Array;
}

type NftFamily = 'inet' | 'ip' | 'ip6' | 'arp' | 'bridge' | 'netdev';

/** A rule of a node, in the order of its chain. */
export interface RuleHandle {
  node: string;
  family: NftFamily;
  table: string;
  chain: string;
  handle: number;
  /** Packets its counter had seen; null where it counts none. */
  packets: number | null;
}

/** One message of nftables' trace. */
export interface RuleEvent {
  node: string;
  /** The packet's, as long as it stays in its node. */
  id: number;
  family: NftFamily;
  table: string;
  chain: string;
  /** `rule`: it matched. `return`, `policy`: the chain's end. */
  type: 'rule' | 'return' | 'policy';
  handle: number | null;
  verdict: 'accept' | 'drop' | 'stolen' | 'queue' | 'repeat' | 'continue' | 'jump' | 'goto' | 'return';
  jump: string | null;
  /** The packet's mark at that rule; 0: none. */
  mark: number;
  /** Headers as they were in front of the chain. */
  network: Uint8Array | null;
  transport: Uint8Array | null;
  protocol: 'ipv4' | 'ipv6';
}

/** One direction of a connection; an ICMP identifier stands for both ports. */
export interface Tuple {
  source: string;
  destination: string;
  /** IP protocol number. */
  protocol: number;
  sourcePort: number | null;
  destinationPort: number | null;
}

/** An entry of a node's conntrack table. */
export interface ConntrackEntry {
  node: string;
  original: Tuple;
  reply: Tuple;
  assured: boolean;
  answered: boolean;
}

/**
 * A program asked for a TCP connection, from tracepoint sock:inet_sock_set_state, which does not name the
 * node.
 */
export interface Connect {
  time: bigint;
  /** At most 15 bytes, as /proc/PID/comm has it. */
  program: string;
  destination: string;
  port: number;
}

/** A packet that the kernel dropped, from its tracepoint skb:kfree_skb. */
export interface Drop {
  /** When it came in by `link`, the last device that received it, in some node. */
  time: bigint;
  link: string;
  /** Bytes of the IP packet. */
  length: number;
  /** The kernel's word, e.g. `IP_RPFILTER`. */
  reason: string;
  /** The kernel's function. */
  location: string;
}
