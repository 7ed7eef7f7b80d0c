import type { Reason } from '../../verdict/reasons.ts';
import type { Values } from '../../verdict/verdict.ts';

/** `ipip`, `gre`, `sit`: of the packets that carry others in a tunnel. */
export type Protocol = 'icmp' | 'tcp' | 'udp' | 'sctp' | 'ipip' | 'gre' | 'sit';

/** The packet of a node's program: the key of the routing look-up. */
export interface Packet {
  from: string;
  /** Destination address (not a name). */
  to: string;
  protocol: Protocol;
  /** Destination port; null for icmp. */
  port: number | null;
  /** The mark that its socket sets (SO_MARK); 0 if none. */
  mark?: number;
  /** Its type of service (IP_TOS); 0 where it sets none. */
  tos?: number;
  /** The source that its program gives it (bind); the kernel's choice if none. */
  source?: string;
}

/** The header fields that decide a packet's way. */
export interface Headers {
  source: string;
  destination: string;
  protocol: Protocol;
  /** Null: a port chosen by the kernel, the client's ephemeral one. */
  sourcePort: number | null;
  destinationPort: number | null;
  /** A fragment behind the first: it has no ports and no ICMP type. */
  later?: boolean;
}

/** The decision about the packet, and its author, in the words of the tool that shows it. */
export interface Decision {
  by: 'route' | 'rule' | 'policy' | 'conntrack' | 'neighbour' | 'bridge' | 'local' | 'sysctl' | 'listener';
  /** The route, rule or entry as its tool prints it. */
  text: string;
  /** `nat POSTROUTING`, for rules and policies. */
  place?: string;
  /** `-A` line of the chain, counted from 1 as `iptables -L --line-numbers` does. */
  line?: number;
}

/** One node on the way. */
export interface Hop {
  node: string;
  /** Link it came in by; null where it was made here. */
  in: string | null;
  /** Link it left by; null where it ended here. */
  out: string | null;
  before: Headers;
  after: Headers;
  decisions: Decision[];
}

/**
 * The end of a journey.
 * - `delivered`: to a program (or the kernel's echo) of `node`.
 * - `lost`: `reason` holds at `node`, about `object`.
 * - `undecided`: the state alone does not decide (a match such as `statistic`, a link kind not modelled).
 */
export type End =
  | { kind: 'delivered'; node: string }
  | { kind: 'lost'; reason: Reason; node: string; object: string | null; values: Values }
  | { kind: 'undecided'; node: string; object: string; values: Values };

export interface Journey {
  hops: Hop[];
  end: End;
}

/** The way there and, where it got there, the way back. */
export interface Walk {
  request: Journey;
  reply: Journey | null;
}
