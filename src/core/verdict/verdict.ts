import type { Reason } from './reasons.ts';

/**
 * - `pass`: the state is as asked, by a test.
 * - `fail`: the state is not as asked, by a test; `reason` has the cause.
 * - `not-yet`: not as asked, and the learner has not come to this step.
 * - `blocked`: an earlier check of the same step must hold before this one means anything.
 * - `could-not-check`: hoplab's own tool failed; no statement about the learner's work.
 */
export const statuses = ['pass', 'fail', 'not-yet', 'blocked', 'could-not-check'] as const;
export type Status = (typeof statuses)[number];

export interface Evidence {
  /** Node the command ran in. */
  on: string;
  /** The command, as a learner could type it. */
  command: string;
  /** The lines of its output that matter. */
  output: string;
}

/** Values a message is filled with: plain strings, the same names in every language. */
export type Values = Record<string, string>;

export interface Verdict {
  check: string;
  step: string;
  status: Status;
  reason: Reason | null;
  /** The node the reason is about, where there is one. */
  node: string | null;
  /** The link, address, route, rule... the reason is about. */
  object: string | null;
  expected: string;
  observed: string;
  values: Values;
  evidence: Evidence[];
  /** Commands that cure it, tried on a copy of the state it was judged by; clients get them by hints alone. */
  cure?: readonly CureLine[];
}

/** A command that cures, and the node whose shell it is typed in. `or`: it begins another way to cure the same. */
export interface CureLine {
  on: string;
  run: string;
  or: boolean;
}
