import type { Fields, TracedHop } from '../../path/recording/hop.ts';
import type { EndFacts } from './end-finding.ts';
import type { Place } from './place.ts';

/**
 * A frame that left a node as it came in, by another interface and without its IP layer or a bridge: a filter of tc
 * (mirred) or a program of eBPF at the interface sent it there. A router would have counted its time to live down.
 */
export function diverted({
  packet,
  observation,
}: Place): (Pick<EndFacts, 'reason' | 'object' | 'values'> & { node: string }) | null {
  for (const hop of packet.hops) {
    const { node, in: came, out } = hop;
    if (came === null || out === null || came === out || !untouched(hop)) continue;
    const links = observation.nodes[node]?.links.filter(({ name }) => name === came || name === out) ?? [];
    // What lies on another interface hands its frames on by itself.
    if (links.length < 2 || !links.every(({ kind, master }) => kind === 'veth' && master === null)) continue;
    return { reason: 'diverted', object: came, values: { cameBy: came, leftBy: out }, node };
  }
  return null;
}

function untouched({ hooks, rules, bridges, tunnel, before, after }: TracedHop): boolean {
  const passed = hooks.length > 0 || rules.length > 0 || bridges.length > 0 || tunnel !== null;
  return !passed && before !== null && after !== null && same(before, after);
}

const same = (one: Fields, other: Fields): boolean =>
  one.ttl === other.ttl && one.destinationMac === other.destinationMac && one.sourceMac === other.sourceMac;
