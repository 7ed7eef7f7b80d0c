import { holds, parseIp } from '../../state/ip.ts';
import type { Headers } from '../model/packet.ts';

/** What a rule asks of a header: one value or several, all but these after `!=`. */
const condition =
  /(?<!original |reply )\b(ip6? [sd]addr|ip protocol|ip6 nexthdr|meta nfproto|meta l4proto|meta protocol|ether type|(?:tcp|udp|th) [sd]port) (!= )?(\{[^}]*\}|\S+)/g;

/** A header that only packets of one protocol have. */
const ofProtocol = /\b(tcp|udp|icmp|icmpv6) (?:[sd]port|flags|type|code|length|sequence|window)\b/g;

/** What a rule does, which excludes no packet. */
const deeds =
  /\b(counter packets \d+ bytes \d+|log( (prefix|level) ("[^"]*"|\S+))*|drop|reject( with .*)?|comment "[^"]*")/g;

/**
 * Whether a rule of nftables, as `nft list` prints it, matches this packet, by addresses, protocol and ports; null
 * where another condition, or a value that the text does not show, decides.
 */
export function matchNft(rule: string, packet: Headers): boolean | null {
  const protocols = [...rule.matchAll(ofProtocol)].map(([, name = '']) => name === protocolOf(packet));
  const met = [...rule.matchAll(condition)].map(([, key = '', negated, values = '']) => {
    const held = anyOf((values.match(/[^\s{},"]+/g) ?? []).map((value) => fits(packet, key, value)));
    return negated === undefined || held === null ? held : !held;
  });
  if ([...protocols, ...met].includes(false)) return false;
  const rest = rule.replace(condition, '').replace(deeds, '').trim();
  return rest === '' && !met.includes(null) ? true : null;
}

function anyOf(held: (boolean | null)[]): boolean | null {
  if (held.includes(true)) return true;
  return held.includes(null) || held.length === 0 ? null : false;
}

/** Null where the value is not one that can be compared: a set's name, a map. */
function fits(packet: Headers, key: string, value: string): boolean | null {
  const [first = '', second = ''] = key.split(' ');
  if (second.endsWith('addr')) {
    const address = second === 'saddr' ? packet.source : packet.destination;
    return (first === 'ip6') === isSix(packet) ? inAddresses(value, address) : false;
  }
  if (second.endsWith('port')) {
    const port = second === 'sport' ? packet.sourcePort : packet.destinationPort;
    if (packet.later === true || packet.protocol === 'icmp') return false;
    const [from, to = from] = value.split('-').map(Number);
    if (port === null || from === undefined || Number.isNaN(from) || to === undefined) return null;
    return from <= port && port <= to;
  }
  if (key === 'meta nfproto') return value === (isSix(packet) ? 'ipv6' : 'ipv4');
  if (key === 'meta protocol' || key === 'ether type')
    return ['ip', 'ip6', 'arp'].includes(value) ? value === (isSix(packet) ? 'ip6' : 'ip') : null;
  const name = value === 'ipv6-icmp' ? 'icmpv6' : value;
  return /^[a-z]/.test(name) ? name === protocolOf(packet) : null;
}

function inAddresses(value: string, address: string): boolean | null {
  const [low, high] = value.split('-').map((one) => parseIp(one.split('/')[0] ?? '')?.value);
  const own = parseIp(address)?.value;
  if (low === undefined || own === undefined) return null;
  return high === undefined ? holds(value, address) : low <= own && own <= high;
}

const isSix = ({ destination }: Headers): boolean => destination.includes(':');

const protocolOf = (packet: Headers): string =>
  packet.protocol === 'icmp' && isSix(packet) ? 'icmpv6' : packet.protocol;
