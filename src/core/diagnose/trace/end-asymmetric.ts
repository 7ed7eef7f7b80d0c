import { turnOff } from '../../path/model/way-back.ts';
import type { TracedHop, TracedPacket } from '../../path/recording/hop.ts';
import type { EndFacts, Ending } from './end-finding.ts';
import { passedByState } from './end-untracked.ts';

/**
 * A reply that a rule about states drops in a node which its request did not pass: conntrack there has not seen the
 * connection begin. The paths of both are named beside the rule.
 */
export function asymmetric(seen: Ending, ended: EndFacts): EndFacts {
  const { reason, direction, node, values } = ended;
  if (direction !== 'reply' || (reason !== 'dropped-by-rule' && reason !== 'rejected-by-rule')) return ended;
  const there = routed(seen.packets, 'request');
  const back = routed(seen.packets, 'reply');
  const last = back.at(-1);
  if (last?.node !== node || there.length < 2 || there.some((hop) => hop.node === node)) return ended;
  const own = /--(ct)?state\b|\bct state\b/.test(`${values.rule} ${values.nftRule}`);
  if (!own && passedByState(seen, last) === null) return ended;
  const to = last.before?.destination ?? '';
  const ways = { wayThere: nodesOf(there), wayBack: nodesOf(back) };
  return {
    ...ended,
    values: { ...values, ...ways, ...turnOff(seen.recording.observation, there, back, to) },
  };
}

const nodesOf = (hops: readonly TracedHop[]): string => hops.map(({ node }) => node).join(', ');

/** The nodes that sent a packet on by their tables, its sender and its receiver among them. */
function routed(packets: readonly TracedPacket[], wanted: TracedPacket['direction']): TracedHop[] {
  const hops = packets.find(({ direction }) => direction === wanted)?.hops ?? [];
  return hops.filter(({ layer, tunnel }) => layer === 'ip' && tunnel === null);
}
