import type { Rule } from 'iptables-parser-ts';
import { covers, hostPrefix, parseIp, parsePrefix } from '../../state/ip.ts';
import { all, type Certainty, matchArgument } from './certainty.ts';
import type { Protocol } from './packet.ts';
import type { Sighting } from './sighting.ts';

/** Whether the rule's conditions without `-m` hold: protocol, addresses, links, fragment. */
export function matchHeader(rule: Rule, sighting: Sighting): Certainty {
  const { headers } = sighting;
  return all([
    matchArgument(rule.protocol, (name) => isProtocol(name, headers.protocol)),
    matchArgument(rule.source, (network) => inNetwork(network, headers.source)),
    matchArgument(rule.destination, (network) => inNetwork(network, headers.destination)),
    matchArgument(rule.inInterface, (name) => isLink(name, sighting.in)),
    matchArgument(rule.outInterface, (name) => isLink(name, sighting.out)),
    matchArgument(rule.fragment, () => headers.later === true),
  ]);
}

/** The names and numbers of each protocol the model sends (IANA). */
const spellings: Record<Protocol, string[]> = {
  icmp: ['icmp', '1', 'ipv6-icmp', 'icmpv6', '58'],
  tcp: ['tcp', '6'],
  udp: ['udp', '17'],
  sctp: ['sctp', '132'],
  ipip: ['ipencap', '4'],
  gre: ['gre', '47'],
  sit: ['ipv6', '41'],
};

export function isProtocol(name: string, protocol: Protocol): boolean {
  return name === 'all' || name === '0' || spellings[protocol].includes(name.toLowerCase());
}

/** A name whose meaning only a resolver knows, or a mask with holes, is not decided. */
export function inNetwork(network: string, address: string): Certainty {
  const ip = parseIp(address);
  const prefix = ip === null ? null : parsePrefix(network, ip.family);
  return ip === null || prefix === null ? 'unknown' : covers(prefix, hostPrefix(ip));
}

/** `eth0`, or `eth+` for every name that begins so. A hook without that link matches nothing. */
function isLink(name: string, link: string | null): boolean {
  if (link === null) return false;
  return name.endsWith('+') ? link.startsWith(name.slice(0, -1)) : link === name;
}
