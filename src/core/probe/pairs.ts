import { addressesOf } from '../path/recording/target.ts';
import type { Observation } from '../state/observation.ts';

/** A ping from each of some nodes to each other. */
export interface PairsProbe {
  kind: 'pairs';
  /** The machine's first node: the pairs are the machine's. */
  from: 'host';
  /** Null: all that have an address. */
  nodes: readonly string[] | null;
  family: Family;
}

type Family = 'ipv4' | 'ipv6';

/** How a ping ended that got no reply, as in ProbeResult. */
export type PairResult = 'silence' | 'no-route' | 'host-unreachable' | 'rejected';

/** A node, and the address by which the others call it. */
export interface PairEnd {
  node: string;
  address: string;
}

export interface FailedPair {
  from: PairEnd;
  to: PairEnd;
  result: PairResult;
  /** The sender of an ICMP error. */
  by: string | null;
}

export interface PairsFindings {
  ends: PairEnd[];
  /** Named nodes without an address. */
  without: string[];
  failed: FailedPair[];
  /** Pairs for which there was no time. */
  unasked: number;
  /** The VM's table of neighbours had no room: a silence proves nothing. */
  crowded: boolean;
}

/** The nodes to ping, and the named ones that have no address. */
export function pairEnds(
  observation: Observation,
  { nodes, family }: Pick<PairsProbe, 'nodes' | 'family'>,
): Pick<PairsFindings, 'ends' | 'without'> {
  const found = (nodes ?? Object.keys(observation.nodes)).map((node) => ({
    node,
    address: addressOf(observation, node, family),
  }));
  return {
    ends: found.flatMap(({ node, address }) => (address === null ? [] : [{ node, address }])),
    without: nodes === null ? [] : found.flatMap(({ node, address }) => (address === null ? [node] : [])),
  };
}

/** The first of an interface that works, else the first. */
function addressOf(observation: Observation, node: string, family: Family): string | null {
  const own = addressesOf(observation, node).filter(
    (address) => address.includes(':') === (family === 'ipv6'),
  );
  const works = observation.nodes[node]?.links
    .filter(({ up, carrier }) => up && carrier)
    .flatMap(({ addresses }) => addresses.map(({ address }) => address));
  return own.find((address) => works?.includes(address)) ?? own[0] ?? null;
}
