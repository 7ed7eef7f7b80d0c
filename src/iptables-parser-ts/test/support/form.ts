import type { Random } from './random.ts';
import type { Spellings } from './spelling.ts';

/** The position of a generated match or target. */
export interface Place {
  family: 'ipv4' | 'ipv6';
  table: string;
  chain: string;
}

/** How to write one kind of match or target at random. */
export interface Form {
  name: string;
  /** The ways to write each of its options. */
  options(r: Random, place: Place): Spellings[];
  /** The rule must have one of these protocols. */
  protocols?: readonly string[];
  fits?(place: Place): boolean;
  /** Asking it changes something, so its place among the others matters. */
  stateful?: boolean;
}
