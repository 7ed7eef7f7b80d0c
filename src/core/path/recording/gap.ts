import type { Values } from '../../verdict/verdict.ts';

/**
 * - `node-unwatched`: the watching program could not get into the node.
 * - `rules-untraced`: the kernel refused the tables that make it report which rules a packet meets.
 * - `reports-lost`: the kernel had more reports about a node than were read in time.
 * - `frames-lost`: frames came faster than they were read.
 * - `frames-over`: more frames than a trace keeps.
 */
export const gapCodes = [
  'node-unwatched',
  'rules-untraced',
  'reports-lost',
  'frames-lost',
  'frames-over',
] as const;
export type GapCode = (typeof gapCodes)[number];

/** A part of the path that a trace could not see. */
export interface Gap {
  code: GapCode;
  node: string;
  values: Values;
}
