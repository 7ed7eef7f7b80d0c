/** The types of every match and target, and of the values in them. */
export type { AddrtypeMatch, IprangeMatch, MacMatch } from './matches/address.ts';
export type { ConnmarkMatch, ConntrackMatch, MarkMatch, StateMatch } from './matches/connection.ts';
export type { HashlimitMatch } from './matches/hashlimit.ts';
export type { Icmp6Match, IcmpMatch } from './matches/icmp.ts';
export type { PhysdevMatch, RpfilterMatch } from './matches/interface.ts';
export type { Owner, OwnerMatch } from './matches/owner.ts';
export type {
  CommentMatch,
  HlMatch,
  LengthMatch,
  StringMatch,
  TtlMatch,
  U32Match,
} from './matches/packet.ts';
export type { LimitMatch } from './matches/rate.ts';
export type { RecentMatch } from './matches/recent.ts';
export type { NfacctMatch, SetMatch } from './matches/sets.ts';
export type { StatisticMatch } from './matches/statistic.ts';
export type { MultiportMatch, SctpMatch, TcpMatch, TcpmssMatch, UdpMatch } from './matches/transport.ts';
export type { IcmpType } from './names/icmp-types.ts';
export type { ConnmarkTarget, MarkTarget, TproxyTarget } from './targets/mark.ts';
export type {
  DnatTarget,
  MasqueradeTarget,
  NetmapTarget,
  RedirectTarget,
  SnatTarget,
} from './targets/nat.ts';
export type { CtTarget, NotrackTarget, SetTarget, TcpmssTarget, TeeTarget } from './targets/packet.ts';
export type { LogTarget, NflogTarget, NfqueueTarget, TraceTarget } from './targets/report.ts';
export type { AcceptTarget, DropTarget, RejectTarget, ReturnTarget } from './targets/verdict.ts';
export type { AddressRange } from './values/address.ts';
export type { Bytes, LimitRate } from './values/hashlimit-rate.ts';
export type { Mark } from './values/mark.ts';
export type { NatPorts, NatRange } from './values/nat-range.ts';
export type { NumberRange } from './values/number-range.ts';
export type { Port, PortRange } from './values/port.ts';
export type { PacketRate } from './values/rate.ts';
export type { SctpChunk, SctpChunks } from './values/sctp-chunks.ts';
export type { SetReference } from './values/set-reference.ts';
export type { TcpFlag, TcpFlags } from './values/tcp-flags.ts';
