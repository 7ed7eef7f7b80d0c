import type { Check, StepState } from '../state/protocol-types.ts';
import type { Status } from '../words/status.ts';

/**
 * The status of a check on the page. A check that never passed is "not yet" while the learner works on it; it
 * is a failure once the learner has asked for it (`isAsked`), or when it held or the step was done, and is so no more.
 */
export function statusOf({ id }: Check, { verdicts, held, doneAt }: StepState, isAsked: boolean): Status {
  const status = verdicts.find(({ check }) => check === id)?.status ?? 'unknown';
  if (status === 'fail' && !isAsked && !held.includes(id) && doneAt === null) return 'not-yet';
  return status;
}
