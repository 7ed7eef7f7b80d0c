import type { Check } from '../check/check.ts';
import type { Step } from '../lab/lab.ts';
import type { Prediction, Question } from './prediction.ts';

/** The checks whose verdicts answer a question; none where it is answered otherwise. */
export function checksOf(question: Question): Check[] {
  const common = { id: question.kind, needs: [], until: null };
  switch (question.kind) {
    case 'ping': {
      const { from, to } = question;
      return [{ ...common, kind: 'ping', args: { from, to, expect: 'reply' } }];
    }
    case 'tcp': {
      const { from, to, port } = question;
      return [{ ...common, kind: 'tcp', args: { from, to, port, expect: 'accepted' } }];
    }
    case 'which':
    case 'one-of':
      return question.checks;
    default:
      return [];
  }
}

/** One thing to find out before a question makes sense. `anyFails`: not all of the checks may pass. */
type Condition = { kind: 'passes' | 'passes-not'; check: Check } | { kind: 'not-all-pass'; checks: Check[] };

/** When a question makes sense: once its `after` pass and while its `before` do not, else until the step is done. */
export function conditionsOf({ after, before }: Prediction, step: Step): Condition[] {
  const named = (ids: readonly string[]) => step.checks.filter(({ id }) => ids.includes(id));
  if (after.length + before.length === 0) return [{ kind: 'not-all-pass', checks: step.checks }];
  return [
    ...named(after).map((check) => ({ kind: 'passes' as const, check })),
    ...named(before).map((check) => ({ kind: 'passes-not' as const, check })),
  ];
}
