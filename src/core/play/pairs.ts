import { firstTrouble, walk } from '../path/model/walk.ts';
import { type PairEnd, pairEnds } from '../probe/pairs.ts';
import type { Observation } from '../state/observation.ts';

/** A ping that gets a reply. */
export interface Pair {
  from: string;
  to: PairEnd;
}

/** What `pingall` found. */
interface Pinged {
  nodes: PairEnd[];
  pairs: number;
  replies: number;
  causes: { pairs: { from: string; to: PairEnd }[] }[];
}

/** More checks than this take longer than they tell. */
const most = 24;

/** IPv6 where the network has no other addresses. */
export function familyOf(observation: Observation): 'ipv4' | 'ipv6' {
  return pairEnds(observation, { nodes: null, family: 'ipv4' }).ends.length >= 2 ? 'ipv4' : 'ipv6';
}

/** The pairs that got a reply; where only some failures were looked into, those that the state explains too. */
export function answeredPairs(observation: Observation, pinged: Pinged): Pair[] {
  const failed = new Set(
    pinged.causes.flatMap(({ pairs }) => pairs.map(({ from, to }) => `${from} ${to.node}`)),
  );
  const { nodes, pairs, replies } = pinged;
  const certain = replies === pairs - failed.size;
  return nodes
    .flatMap((to) =>
      nodes.filter(({ node }) => node !== to.node).map(({ node: from }): Pair => ({ from, to })),
    )
    .filter(({ from, to }) => !failed.has(`${from} ${to.node}`))
    .filter((pair) => certain || arrives(observation, pair))
    .slice(0, most);
}

const arrives = (observation: Observation, pair: Pair) => troubleOf(observation, pair) === null;

export const troubleOf = (observation: Observation, { from, to }: Pair) =>
  firstTrouble(walk(observation, { from, to: to.address, protocol: 'icmp', port: null }));
