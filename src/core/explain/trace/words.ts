import type { Unsaid } from '../../diagnose/trace/unsaid.ts';
import type { PacketReason, TraceEnd } from '../../path/recording/hop.ts';
import type { Template } from '../template.ts';

/** What is said beside the reason of an end. */
export const noteNames = [
  /** A fragment behind the first was lost. */
  'piece',
  /** A rule keeps conntrack from following what another would have translated. */
  'untracked',
  /** The node that dropped the packet has seen one direction of its connection only. */
  'past',
  /** A rule for replies that takes no ICMP errors. */
  'unrelated',
  /** The rule that gave the packet the address that is missing. */
  'given',
  /** The rule that gave the packet the port that is closed. */
  'ported',
  'asymmetric',
  /** A rule asks for the way back to the source. */
  'wayBack',
  /** A route that leads to nobody, and by which the way back is looked for. */
  'misled',
  /** A rule about connections stands in front of conntrack. */
  'early',
  /** A rule of NAT in a chain that the packet does not come to. */
  'unasked',
  /** Why the sender's kernel chose the source. */
  'sourced',
  /** An ICMP redirect chose another next hop. */
  'redirected',
  /** A rule of the routing policy that the packet nearly meets. */
  'policed',
  /** Other nodes near the one that took the packet have its address too. */
  'twins',
  /** Another connection to the same place, which conntrack keeps as it began. */
  'older',
] as const;
export type Note = (typeof noteNames)[number];

/** The texts of a language about a traced packet, besides the words of verdicts. */
export interface TraceWords {
  /** How it ended, and where. */
  ends: Record<TraceEnd['kind'], Template>;
  /** The request arrived, and its receiver sent nothing back. */
  unanswered: Template;
  /** Why the reply found no way back, behind one of these. */
  unrouted: Template;
  /** The sender of a reply that came from no program. */
  byKernel: string;
  /** A rule of nftables that iptables does not show. */
  nftables: Template;
  /** Why a refusal did not arrive. */
  unsaid: Record<Unsaid, Template>;
  notes: Record<Note, Template>;
  /** The question in a datagram to a known port. */
  asked: Template;
  /** An answer of a name server did not fit into a datagram. */
  truncated: Template;
  /** The error that the program printed when it could not send. */
  spoken: Template;
  /** docker-proxy took a datagram. */
  relay: Template;
  /** Reasons that no check asks about. */
  reasons: Record<PacketReason, Template>;
  nat: {
    /** `changes`: one or both sides; `why`: one of the next four. */
    changed: Template;
    side: Template;
    byRule: Template;
    byNft: Template;
    byConntrack: string;
    unseen: string;
  };
  packet: {
    /** By family and ICMP type (`v4 8`). */
    icmp: Record<string, string>;
    /** The target that could not be reached, by family and ICMP code. */
    unreachable: Record<string, string>;
    query: string;
    response: string;
    datagram: string;
    payload: Template;
    again: Template;
    fragment: Template;
  };
}
