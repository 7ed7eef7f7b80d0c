import type { Family } from './family.ts';
import type { Negatable } from './grammar.ts';
import type { AddrtypeMatch, IprangeMatch, MacMatch } from './matches/address.ts';
import type { ConnmarkMatch, ConntrackMatch, MarkMatch, StateMatch } from './matches/connection.ts';
import type { HashlimitMatch } from './matches/hashlimit.ts';
import type { Icmp6Match, IcmpMatch } from './matches/icmp.ts';
import type { PhysdevMatch, RpfilterMatch } from './matches/interface.ts';
import type { OwnerMatch } from './matches/owner.ts';
import type {
  CommentMatch,
  HlMatch,
  LengthMatch,
  StringMatch,
  TtlMatch,
  U32Match,
} from './matches/packet.ts';
import type { LimitMatch } from './matches/rate.ts';
import type { RecentMatch } from './matches/recent.ts';
import type { NfacctMatch, SetMatch } from './matches/sets.ts';
import type { StatisticMatch } from './matches/statistic.ts';
import type { MultiportMatch, SctpMatch, TcpMatch, TcpmssMatch, UdpMatch } from './matches/transport.ts';
import type { ConnmarkTarget, MarkTarget, TproxyTarget } from './targets/mark.ts';
import type {
  DnatTarget,
  MasqueradeTarget,
  NetmapTarget,
  RedirectTarget,
  SnatTarget,
} from './targets/nat.ts';
import type { CtTarget, NotrackTarget, SetTarget, TcpmssTarget, TeeTarget } from './targets/packet.ts';
import type { LogTarget, NflogTarget, NfqueueTarget, TraceTarget } from './targets/report.ts';
import type { AcceptTarget, DropTarget, RejectTarget, ReturnTarget } from './targets/verdict.ts';

/** A match whose options this package does not know, with every word after its name. */
export interface UnknownMatch {
  kind: 'unknown';
  name: string;
  words: string[];
}

/** One `-m`, in the order the kernel asks them. */
export type Match =
  | AddrtypeMatch
  | CommentMatch
  | ConnmarkMatch
  | ConntrackMatch
  | HashlimitMatch
  | HlMatch
  | Icmp6Match
  | IcmpMatch
  | IprangeMatch
  | LengthMatch
  | LimitMatch
  | MacMatch
  | MarkMatch
  | MultiportMatch
  | NfacctMatch
  | OwnerMatch
  | PhysdevMatch
  | RecentMatch
  | RpfilterMatch
  | SctpMatch
  | SetMatch
  | StateMatch
  | StatisticMatch
  | StringMatch
  | TcpMatch
  | TcpmssMatch
  | TtlMatch
  | U32Match
  | UdpMatch
  | UnknownMatch;

/** `-j` to a chain of the table: the rules there are asked, then the ones after this rule. */
export interface JumpTarget {
  kind: 'jump';
  chain: string;
}

/** `-g` to a chain: its end returns to where the present chain was called from. */
export interface GotoTarget {
  kind: 'goto';
  chain: string;
}

/** A target whose options this package does not know, with every word after its name. */
export interface UnknownTarget {
  kind: 'unknown';
  name: string;
  words: string[];
}

export type Target =
  | AcceptTarget
  | ConnmarkTarget
  | CtTarget
  | DnatTarget
  | DropTarget
  | GotoTarget
  | JumpTarget
  | LogTarget
  | MarkTarget
  | MasqueradeTarget
  | NetmapTarget
  | NflogTarget
  | NfqueueTarget
  | NotrackTarget
  | RedirectTarget
  | RejectTarget
  | ReturnTarget
  | SetTarget
  | SnatTarget
  | TcpmssTarget
  | TeeTarget
  | TproxyTarget
  | TraceTarget
  | UnknownTarget;

/** Packets and bytes seen: 64-bit, so not always exact as a `number`. */
export interface Counters {
  packets: bigint;
  bytes: bigint;
}

/** The operation on the rule; `number` is the 1-based position if one was given. */
export type Command =
  | { kind: 'append' }
  | { kind: 'insert'; number?: number }
  | { kind: 'delete'; number?: number }
  | { kind: 'check' }
  | { kind: 'replace'; number: number };

/** How a piece of the tree was written; used as long as the tree still says the same. */
export interface Raws {
  /** Comment and blank lines in front of it, each with its line break. */
  before?: string;
  /** The line as written, and how the unchanged tree would be printed. */
  text?: string;
  printed?: string;
}

export interface Rule {
  /** The table the rule belongs to; `filter` where none was named, as iptables takes it. */
  table: string;
  chain: string;
  command: Command;
  /** Undefined if neither the command nor the text implies one. */
  family?: Family;
  protocol?: Negatable<string>;
  source?: Negatable<string>;
  destination?: Negatable<string>;
  inInterface?: Negatable<string>;
  outInterface?: Negatable<string>;
  /** Second and further fragments only (or, negated, none of them). */
  fragment?: Negatable<true>;
  matches: Match[];
  /** Undefined for a rule that only counts. */
  target?: Target;
  counters?: Counters;
  raws: Raws;
}

export interface Chain {
  name: string;
  /** Undefined for a user-defined chain (printed as `-`). */
  policy?: 'ACCEPT' | 'DROP';
  counters?: Counters;
  /** `after`: how many rules stood before the chain's line, where it did not stand before all rules. */
  raws: Raws & { after?: number };
}

export interface Table {
  name: string;
  chains: Chain[];
  /** The rules of all chains, in the order of the text. */
  rules: Rule[];
  /** `before`: in front of the table's line; `end`: in front of COMMIT; `commit`: COMMIT with blanks around it. */
  raws: Raws & { end?: string; commit?: string };
}

export interface Save {
  /** The family from the `iptables-save` or `ip6tables-save` in the first line, or from the caller. */
  family?: Family;
  tables: Table[];
  /** `after`: the text after the last COMMIT; `unterminated`: the text's last line had no line break. */
  raws: { after?: string; unterminated?: true };
}
