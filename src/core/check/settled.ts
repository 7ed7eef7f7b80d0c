import type { Reason } from '../verdict/reasons.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** The reasons that a probe may give only because it did not wait long. */
const doubtful: readonly Reason[] = [
  'no-answer',
  'some-unanswered',
  'neighbour-silent',
  'name-server-silent',
  'time-source-state',
  'control-failed',
  'no-tls',
  'other-reason',
  'tool-failed',
];

/** Whether a hasty probe's verdict holds: it was answered, or the state explains why not. */
export const isSettled = ({ reason }: Verdict): boolean => reason === null || !doubtful.includes(reason);

/** Whether a verdict differs from the one before. Its evidence may differ from probe to probe. */
export function sameVerdict(one: Verdict, other: Verdict | undefined): boolean {
  return compared.every((key) => one[key] === other?.[key]);
}

const compared = ['status', 'reason', 'node', 'object', 'expected', 'observed'] as const;
