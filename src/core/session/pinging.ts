import type { PairEnd, PairsProbe } from '../probe/pairs.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** The pairs that a client requests. */
export type PingAllCall = Pick<PairsProbe, 'nodes' | 'family'>;

/** A cause, and the pairs that fail for it. */
export interface FailedPairs {
  verdict: Verdict;
  pairs: { from: string; to: PairEnd }[];
}

export interface PingedAll {
  nodes: PairEnd[];
  /** Named nodes without an address. */
  without: string[];
  pairs: number;
  replies: number;
  /** Pairs that could not be asked: there was no time, or no room in the VM's table of neighbours. */
  unasked: number;
  /** The causes of the pairs that were looked into, the one of most of them first. */
  causes: FailedPairs[];
  milliseconds: number;
}
