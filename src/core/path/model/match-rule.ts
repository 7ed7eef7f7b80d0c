import type { Match, Rule } from 'iptables-parser-ts';
import { isLinkLocal, parseIp } from '../../state/ip.ts';
import { all, any, type Certainty, matchArgument } from './certainty.ts';
import { matchConntrack, matchState } from './match-connection.ts';
import { matchHeader } from './match-header.ts';
import { matchIcmp, matchMultiport, matchSctp, matchTcp, matchUdp } from './match-transport.ts';
import { keyTo } from './policy.ts';
import { isLocal, routing } from './routing.ts';
import type { Sighting } from './sighting.ts';

/** Whether a rule matches this packet. Matches on chance, time, content or counters stay unknown. */
export function matchRule(rule: Rule, sighting: Sighting): Certainty {
  const [random, certain] = [rule.matches.filter(isChance), rule.matches.filter((match) => !isChance(match))];
  const held = all([matchHeader(rule, sighting), ...certain.map((match) => matchOne(match, sighting))]);
  // Chance is asked last: a rule for other packets has none.
  return held === false ? false : all([held, ...random.map(() => sighting.chance?.() ?? 'unknown')]);
}

/** `statistic`, and `recent` with an address list: not in the state. */
function isChance(match: Match): boolean {
  return match.kind === 'statistic' || (match.kind === 'recent' && match.set === undefined);
}

function matchOne(match: Match, sighting: Sighting): Certainty {
  switch (match.kind) {
    case 'comment':
      return true;
    case 'tcp':
      return matchTcp(match, sighting);
    case 'udp':
      return matchUdp(match, sighting);
    case 'sctp':
      return matchSctp(match, sighting);
    case 'multiport':
      return matchMultiport(match, sighting);
    case 'icmp':
    case 'icmp6':
      return matchIcmp(match, sighting);
    case 'conntrack':
      return matchConntrack(match, sighting);
    case 'state':
      return matchState(match, sighting);
    case 'mark':
      return matchArgument(match.mark, (wanted) => hasMark(wanted, sighting.mark));
    case 'addrtype':
      return matchAddrtype(match, sighting);
    case 'iprange':
      return all([
        matchArgument(match.source, (range) => within(range, sighting.headers.source)),
        matchArgument(match.destination, (range) => within(range, sighting.headers.destination)),
      ]);
    case 'recent':
      // --set remembers the address and matches (xt_recent, recent_mt); a negated one never does.
      return matchArgument(match.set, () => true);
    case 'nfacct':
      // It counts and matches (xt_nfacct); an object with a quota does so only once that is used up, and kube-proxy's have none.
      return kubeProxyCounters.has(match.object) ? true : 'unknown';
    case 'rpfilter':
      return reversePath(match, sighting);
    case 'owner':
      // Only packets of the node's own programs have an owner.
      return sighting.in === null ? 'unknown' : false;
    default:
      return 'unknown';
  }
}

/** xt_rpfilter: whether a route back to the source leads out by the interface (or, loose, leads anywhere). */
function reversePath(match: Extract<Match, { kind: 'rpfilter' }>, sighting: Sighting): Certainty {
  const { node, headers, in: link, mark } = sighting;
  if (link === null || node.links.some(({ name, kind }) => name === link && kind === 'loopback'))
    return 'unknown';
  // Packets without an address of one host have no way back to look for.
  if (isLocal(node, headers.source) || isLinkLocal(headers.source)) return 'unknown';
  const back = routing(node, { ...keyTo(headers.source), mark: match.validmark ? mark : 0 });
  if (back.kind === 'undecided') return 'unknown';
  const route = back.kind === 'route' && back.route.type === 'unicast' ? back.route : null;
  const devices = route === null ? [] : [route.dev, ...route.nexthops.map(({ dev }) => dev)];
  const passes = match.loose ? route !== null : devices.includes(link);
  return passes !== (match.invert === true);
}

const kubeProxyCounters = new Set(['ct_state_invalid_dropped_pkts', 'localhost_nps_accepted_pkts']);

function hasMark(wanted: { value: number; mask: number }, mark: number | null): Certainty {
  return mark === null ? 'unknown' : (mark & wanted.mask) >>> 0 === wanted.value;
}

function matchAddrtype(match: Extract<Match, { kind: 'addrtype' }>, sighting: Sighting): Certainty {
  const { node, headers } = sighting;
  if (match.limitInInterface || match.limitOutInterface) return 'unknown';
  return all([
    matchArgument(match.sourceTypes, (types) =>
      any(types.map((type) => isType(type, isLocal(node, headers.source)))),
    ),
    matchArgument(match.destinationTypes, (types) =>
      any(types.map((type) => isType(type, isLocal(node, headers.destination)))),
    ),
  ]);
}

/** The model sends to single hosts only, so an address is the node's own or unicast. */
function isType(type: string, local: boolean): Certainty {
  if (type === 'LOCAL') return local;
  return type === 'UNICAST' ? !local : false;
}

function within(range: { from: string; to: string }, address: string): Certainty {
  const [from, to, ip] = [parseIp(range.from), parseIp(range.to), parseIp(address)];
  if (from === null || to === null || ip === null) return 'unknown';
  return from.family === ip.family && from.value <= ip.value && ip.value <= to.value;
}
