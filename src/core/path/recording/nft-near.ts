import type { Values } from '../../verdict/verdict.ts';
import type { Headers } from '../model/packet.ts';
import { matchNft } from './nft-match.ts';
import type { NftChain } from './nft-text.ts';

/** What a rule looks at, each part as `nft list` prints it; anything else is in the rest. */
const condition =
  /(?<!original |reply )\b(?:[io]ifname|ip6? [sd]addr|ip protocol|ip6 nexthdr|meta l4proto|(?:tcp|udp|th) [sd]port) (?:!= )?(?:\{[^}]*\}|\S+)/g;

/** Does nothing about the packet's fate. */
const beside = /\b(counter packets \d+ bytes \d+|log( (prefix|level) ("[^"]*"|\S+))*|comment "[^"]*")/g;

interface Met {
  headers: Headers;
  /** In front of the node's NAT. */
  original: Headers;
  in: string | null;
  out: string | null;
}

/**
 * Of a chain whose policy dropped the packet: the first rule that would have accepted it but for one condition. None of
 * them matched, so the one condition that the text does not decide (a set) is the one that failed.
 */
export function nearlyAcceptedByNft({ rules }: NftChain, met: Met): Values {
  for (const { text } of rules) {
    const parts = text.match(condition) ?? [];
    const rest = text.replaceAll(condition, '').replaceAll(beside, '').trim();
    if (rest !== 'accept') continue;
    const held = parts.map((part) => holds(part, met, met.headers));
    const open = parts.filter((_, at) => held[at] !== true);
    const [only] = open;
    if (open.length !== 1 || only === undefined) continue;
    // A rule with a single condition is about other packets, unless it is a list, or NAT has changed this one.
    const about = parts.length > 1 || / @\S+$/.test(only) || holds(only, met, met.original) === true;
    if (about) return { nearly: text, condition: only };
  }
  return {};
}

/** Of a chain of NAT: the first rule with this deed that the packet misses by one condition of its text. */
export function nearlyTranslatedByNft(
  { family, table, chain, rules }: NftChain,
  met: Met,
  deed: RegExp,
  links: readonly string[],
): Values {
  for (const { text, handle } of rules) {
    const parts = text.match(condition) ?? [];
    const rest = text.replaceAll(condition, '').replaceAll(beside, '').trim();
    const held = parts.map((part): [string, boolean | null] => [part, holds(part, met, met.headers)]);
    const [only, ...more] = held.filter(([, one]) => one !== true);
    if (!deed.test(rest) || /\b(ct|meta|fib|vmap)\b/.test(rest)) continue;
    if (only === undefined || more.length > 0 || only[1] !== false) continue;
    // A rule with a single condition is about other packets, unless that names an interface that there is not.
    const [, link] = /^[io]ifname "?([^"]+)"?$/.exec(only[0]) ?? [];
    if (held.length === 1 && (link === undefined || links.includes(link))) continue;
    const fitting = corrected(text, only[0], met);
    const replaced = `{exec}nft replace rule ${family} ${table} ${chain} handle ${handle} '${fitting}'`;
    const hooking = fitting === null ? {} : { hooking: replaced };
    return { nearNat: text, nearCondition: only[0], ...hooking };
  }
  return {};
}

/** The rule with what the packet has in place of the condition that it misses; one after `!=` goes. */
function corrected(text: string, part: string, met: Met): string | null {
  const own = / != /.test(part) ? '' : ofPacket(part, met);
  return own === null ? null : text.replace(counted, '').replace(part, own).replace(/ +/g, ' ').trim();
}

/** A condition as the packet fulfils it; null where the rule is about packets of another kind. */
function ofPacket(part: string, { headers, in: from, out }: Met): string | null {
  const [key = '', field = ''] = part.split(' ');
  const { source, destination, sourcePort, destinationPort, protocol } = headers;
  const link = { iifname: from, oifname: out }[key];
  if (link !== undefined) return link === null ? null : `${key} "${link}"`;
  const family = destination.includes(':') ? 'ip6' : 'ip';
  const address = { saddr: source, daddr: destination }[field];
  if (address !== undefined) return key === family ? `${key} ${field} ${address}` : null;
  const port = { sport: sourcePort, dport: destinationPort }[field];
  if (port !== undefined) return port === null ? null : `${key === 'th' ? key : protocol} ${field} ${port}`;
  return protocol === 'icmp' ? null : `meta l4proto ${protocol}`;
}

const counted = /\bcounter packets \d+ bytes \d+ /;

function holds(part: string, met: Met, headers: Headers): boolean | null {
  const link = /^([io])ifname (!= )?(\S+)$/.exec(part);
  if (link === null) return matchNft(part, headers);
  const [, way, negated, name = ''] = link;
  const own = way === 'i' ? met.in : met.out;
  if (own === null || /[*{@]/.test(name)) return null;
  return (name.replaceAll('"', '') === own) === (negated === undefined);
}
