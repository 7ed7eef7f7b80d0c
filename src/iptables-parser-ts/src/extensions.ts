import type { Extension } from './grammar.ts';
import * as addressMatches from './matches/address.ts';
import * as connectionMatches from './matches/connection.ts';
import { hashlimit } from './matches/hashlimit.ts';
import * as icmpMatches from './matches/icmp.ts';
import * as interfaceMatches from './matches/interface.ts';
import { ownerMatch } from './matches/owner.ts';
import * as packetMatches from './matches/packet.ts';
import { limit } from './matches/rate.ts';
import { recent } from './matches/recent.ts';
import * as setMatches from './matches/sets.ts';
import { statistic } from './matches/statistic.ts';
import * as transportMatches from './matches/transport.ts';
import * as markTargets from './targets/mark.ts';
import * as natTargets from './targets/nat.ts';
import * as packetTargets from './targets/packet.ts';
import * as reportTargets from './targets/report.ts';
import * as verdictTargets from './targets/verdict.ts';

// biome-ignore lint/suspicious/noExplicitAny: the registry holds extensions of every shape
export type AnyExtension = Extension<string, any>;

function byKind(...groups: Record<string, AnyExtension>[]): Map<string, AnyExtension> {
  return new Map(groups.flatMap((group) => Object.values(group)).map((e) => [e.kind, e]));
}

/** The matches this package knows, by the name after `-m`. */
export const matchExtensions: ReadonlyMap<string, AnyExtension> = byKind(
  addressMatches,
  connectionMatches,
  icmpMatches,
  interfaceMatches,
  packetMatches,
  setMatches,
  transportMatches,
  { hashlimit, limit, owner: ownerMatch, recent, statistic },
).set('icmpv6', icmpMatches.icmp6);

/** The targets this package knows, by the name after `-j`. */
export const targetExtensions: ReadonlyMap<string, AnyExtension> = byKind(
  markTargets,
  natTargets,
  packetTargets,
  reportTargets,
  verdictTargets,
);

/** Target extensions of iptables whose options this package keeps verbatim: never the name of a chain to jump to. */
export const verbatimTargets: ReadonlySet<string> = new Set(
  (
    'AUDIT CHECKSUM CLASSIFY CLUSTERIP CONNSECMARK DNPT DSCP ECN HL HMARK IDLETIMER LED NAT QUEUE ' +
    'RATEEST SECMARK SNPT SYNPROXY TCPOPTSTRIP TOS TTL ULOG'
  ).split(' '),
);

/** The match that a `-p` loads by itself when one of its options follows; some of them are kept verbatim. */
export const impliedMatches: ReadonlyMap<string, string> = new Map([
  ...['tcp', 'udp', 'icmp', 'sctp', 'dccp', 'esp', 'ah'].map((name) => [name, name] as const),
  ['ipv6-icmp', 'icmp6'],
  ['mobility-header', 'mh'],
]);
