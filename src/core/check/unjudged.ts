import type { Evidence, Verdict } from '../verdict/verdict.ts';
import type { Check } from './check.ts';

/** The verdict of a check whose `needs` do not hold. It is not asked: its own answer would mislead. */
export function blocked(step: string, check: Check, need: string): Verdict {
  return { ...unjudged(step, check), status: 'blocked', values: { asked: check.kind, need } };
}

/** The verdict of a check that could not be asked at all: the machine or hoplab's own tool failed. */
export function couldNotCheck(step: string, check: Check, tool: string, evidence: Evidence[] = []): Verdict {
  const values = { asked: check.kind, tool };
  return { ...unjudged(step, check), status: 'could-not-check', reason: 'tool-failed', values, evidence };
}

/** A failing verdict of a step the learner has not come to; any other is left as it is. */
export function notYet(verdict: Verdict): Verdict {
  return verdict.status === 'fail' ? { ...verdict, status: 'not-yet' } : verdict;
}

function unjudged(step: string, check: Check): Omit<Verdict, 'status' | 'values'> {
  return {
    step,
    check: check.id,
    reason: null,
    node: null,
    object: null,
    expected: '',
    observed: '',
    evidence: [],
  };
}
