import type { Fields, TracedHop } from '../../path/recording/hop.ts';
import { matchNft } from '../../path/recording/nft-match.ts';
import type { Values } from '../../verdict/verdict.ts';
import { chainsOf } from './cause-firewall.ts';
import type { EndFacts } from './end-finding.ts';
import type { Place } from './place.ts';

/**
 * A frame that left a node as it came in, by another interface and without its IP layer or a bridge: a filter of tc
 * (mirred), a rule of nftables (`fwd to`) or a program of eBPF at the interface sent it there. A router would have counted its time to live down.
 */
export function diverted(
  place: Place,
): (Pick<EndFacts, 'reason' | 'object' | 'values'> & { node: string }) | null {
  const { packet, observation } = place;
  for (const hop of packet.hops) {
    const { node, in: came, out } = hop;
    if (came === null || out === null || came === out || !untouched(hop)) continue;
    const links = observation.nodes[node]?.links.filter(({ name }) => name === came || name === out) ?? [];
    // What lies on another interface hands its frames on by itself.
    if (links.length < 2 || !links.every(({ kind, master }) => kind === 'veth' && master === null)) continue;
    const values = { cameBy: came, leftBy: out, ...forwarder(place, hop, out) };
    return { reason: 'diverted', object: came, values, node };
  }
  return null;
}

/** The first rule at the ingress of the interface that sends what it matches out by another one. */
function forwarder(place: Place, { node, in: came, before }: TracedHop, out: string): Values {
  const headers = before === null ? place.headers : { ...place.headers, ...before };
  for (const { family, hook, devices, table, chain, rules } of chainsOf(place, node)) {
    if (family !== 'netdev' || hook !== 'ingress' || came === null || !devices.includes(came)) continue;
    const rule = rules.find(
      ({ text }) => /\bfwd to "?([^\s"]+)/.exec(text)?.[1] === out && matchNft(text, headers) !== false,
    );
    if (rule === undefined) continue;
    return { forwarder: rule.text, family, table, chainName: chain, handle: String(rule.handle), line: '' };
  }
  return {};
}

function untouched({ hooks, rules, bridges, tunnel, before, after }: TracedHop): boolean {
  const passed = hooks.length > 0 || rules.length > 0 || bridges.length > 0 || tunnel !== null;
  return !passed && before !== null && after !== null && same(before, after);
}

const same = (one: Fields, other: Fields): boolean =>
  one.ttl === other.ttl && one.destinationMac === other.destinationMac && one.sourceMac === other.sourceMac;
