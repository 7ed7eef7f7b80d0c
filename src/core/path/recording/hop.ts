import type { Text } from '../../language.ts';
import { reasons } from '../../verdict/reasons.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { Gap } from './gap.ts';
import type { Header } from './header.ts';
import type { Carrier } from './tunnel.ts';

/** The reasons that only a packet can prove. */
const packetReasons = [
  'mtu',
  'mtu-here',
  'mtu-unheard',
  'ttl',
  'diverted',
  'other-source',
  'kept-connection',
  'service-silent',
  'service-one-way',
  'question-unknown',
  'answer-missing',
  'answer-ignored',
] as const;
export type PacketReason = (typeof packetReasons)[number];

/** What a packet proves, as the reason that checks and lab.yaml know it by; `mtu...` tell who hears of it. */
export function labReason(reason: EndReason): EndReason {
  return reason === 'mtu' || reason === 'mtu-here' || reason === 'mtu-unheard' ? 'frame-too-long' : reason;
}

export const isPacketReason = (reason: string | null): reason is PacketReason =>
  packetReasons.some((one) => one === reason);

/** Why a probe ended: the reasons of checks, and those that only a packet can prove. */
export const endReasons = [...reasons, ...packetReasons] as const;
export type EndReason = (typeof endReasons)[number];

/** The source of a fact. `state`: from the kernel's tables just before, not seen happening. */
export type Source = 'capture' | 'nft trace' | 'conntrack' | 'state' | 'tracefs' | 'probe';

/** The fields of a header that a hop shows; null where they have no meaning. */
export interface Fields {
  source: string;
  destination: string;
  sourcePort: number | null;
  destinationPort: number | null;
  ttl: number;
  sourceMac: string | null;
  destinationMac: string | null;
  /** The VLAN of the frame's tag; null: it has none, or the frame was not seen. */
  vlan: number | null;
}

/** A field that is not the same after the node as before it. */
export interface Change {
  field: keyof Fields;
  before: string;
  after: string;
}

/** A rule or policy the packet met. */
export interface RuleStep {
  hook: 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';
  /** `bridge`, `ip`... as nft names them. */
  family: string;
  table: string;
  chain: string;
  /** By which nft knows the rule in its table; null for a policy. */
  handle: number | null;
  /** As iptables-save or nft prints it; for a policy `-P CHAIN TARGET`; null if the rule is not known. */
  rule: string | null;
  /** `-A` line of the chain, counted from 1. */
  line: number | null;
  verdict: 'accept' | 'drop' | 'reject' | 'continue' | 'jump' | 'goto' | 'return' | 'policy' | 'other';
  source: 'nft trace';
}

/** The resolution of an address on a wire: the question as the node asked it, and its answer. */
export interface Resolution {
  address: string;
  link: string;
  questions: number;
  /** MAC address of the answer; null: no answer came. */
  answer: string | null;
  by: { node: string; link: string } | null;
}

/** A packet at one device. */
export interface HopSight {
  link: string;
  way: 'in' | 'out';
  source: string;
  destination: string;
  ttl: number;
}

/** One packet in one node. */
export interface TracedHop extends HopFacts {
  /** The translation by NAT, in words. */
  nat: Text | null;
}

export interface HopFacts {
  node: string;
  /** Link it came in by; null where it was made here. */
  in: string | null;
  /** Link it left by; null where it ended here. */
  out: string | null;
  /** Every device of the node at which it was seen, in order, with its addresses there. */
  seen: HopSight[];
  /** Bridges of the node it went through on the way. */
  bridges: string[];
  /** `bridge`: switched, IP did not look at it. */
  layer: 'ip' | 'bridge';
  /** Hooks it passed, in order, of either layer. */
  hooks: string[];
  /** Null where it was made here. */
  before: Fields | null;
  /** Null where nothing of it was seen any more. */
  after: Fields | null;
  changes: Change[];
  rules: RuleStep[];
  /** The line of the routing table by which it left. */
  route: {
    text: string;
    via: string | null;
    /** The rule of the routing policy that chose the table; null where it is one the kernel makes. */
    rule: string | null;
    source: 'state';
  } | null;
  /** The packet's mark as it was seen last in this node; null where no rule was traced. */
  mark: number | null;
  resolution: Resolution | null;
  conntrack: { original: string; reply: string; source: 'conntrack' } | null;
  /** Links to which copies went that were not meant (a bridge that did not know better). */
  copies: string[];
  /** How it got here was not seen (a link of a kind not followed). */
  gap: boolean;
  /** It travels inside another packet here, and the hop is that one's: its addresses, rules and route. */
  tunnel: Carrier | null;
  /** Nanoseconds after the first packet's first sight, as decimal digits; null where only rules saw it. */
  at: string | null;
  sources: Source[];
}

/** `delivered`: `node` took it in. `stopped`: it was last seen at `link` of `node`. */
export interface PacketEnd {
  kind: 'delivered' | 'stopped';
  node: string;
  link: string | null;
}

/** The recorded packets of one connection, or one packet and its reply. */
export interface Way {
  /** Node. */
  from: string;
  /** Address. */
  to: string;
  packets: TracedPacket[];
  end: TraceEnd;
}

/** A connection that a proxy opened to get the answer elsewhere. */
export interface Upstream extends Way {
  program: string;
  port: number;
}

/** One packet's way. */
export interface TracedPacket {
  number: number;
  direction: 'request' | 'reply' | 'error';
  /** `echo request`, `SYN`, `SYN,ACK`, `query`... */
  name: Text;
  header: Pick<Header, 'protocol' | 'length' | 'id' | 'fragment' | 'tcp' | 'icmp'>;
  hops: TracedHop[];
  end: PacketEnd;
}

/**
 * - `delivered`: the request arrived, and the reply came back.
 * - `refused`: a node or program rejected it.
 * - `dropped`: a rule or the kernel dropped the request.
 * - `lost`: last seen at `node`; the reason is not known.
 * - `answer-lost`: the request was delivered, its reply (or any reply at all) did not come back.
 */
export interface TraceEnd {
  kind: 'delivered' | 'refused' | 'dropped' | 'lost' | 'answer-lost';
  direction: 'request' | 'reply';
  node: string;
  /** Link at which it was seen last. */
  link: string | null;
  reason: EndReason | null;
  object: string | null;
  values: Values;
  /** The taker of the packet: a program, or the kernel itself. */
  by: string | null;
  /** The kernel's drop reason; null if its tracepoints are not available or gave none. */
  kernel: string | null;
  sources: Source[];
  text: Text;
  /** Hints to read before the cure: where to look, then the idea. */
  hints: Text[];
  /** The commands that would cure it, each with its node; `or`: the line begins an alternative. */
  cure: { on: string; run: string; or: boolean }[];
}

export interface TracedPath extends Way {
  /** The requests that programs sent to others before they answered, in that order. */
  upstream: Upstream[];
  /** The parts that were not or could not be seen. */
  gaps: (Gap & { text: Text })[];
}
