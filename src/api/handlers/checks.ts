import type { Lab } from '../../core/lab/lab.ts';
import { nearest, suggestion } from '../../core/text/nearest.ts';
import type { Verdict } from '../../core/verdict/verdict.ts';
import { HoplabError } from '../../protocol/errors.ts';
import { explainVerdict } from '../explain.ts';
import type { Handlers, Services } from '../handler.ts';
import { sessionOf } from './sessions.ts';

export function checksHandlers({ sessions, labs }: Services): Handlers<'checks.run'> {
  return {
    async 'checks.run'({ session, step, check }) {
      const id = sessionOf(sessions, session);
      let passed: string[] = [];
      const all = await sessions.of(id).check(step ?? null, (steps) => {
        passed = steps;
      });
      const verdicts = check === undefined ? all : only(all, check);
      const ended = step === 'all' ? checksOf(labs.get(sessions.get(id).lab)) - all.length : 0;
      return { outcome: outcome(verdicts), verdicts: verdicts.map(explainVerdict), ended, passed };
    },
  };
}

const checksOf = ({ steps }: Lab) => steps.reduce((sum, { checks }) => sum + checks.length, 0);

function only(verdicts: Verdict[], check: string): Verdict[] {
  const asked = verdicts.filter((verdict) => verdict.check === check);
  if (asked.length > 0) return asked;
  const known = verdicts.map((verdict) => verdict.check);
  throw new HoplabError('check-not-found', `no check ${check}${suggestion(check, known)}`, {
    check,
    nearest: nearest(check, known),
    known,
  });
}

/**
 * A check blocked by one that could not be made adds nothing about the learner's work to that one's verdict.
 */
function outcome(verdicts: Verdict[]): 'pass' | 'fail' | 'could-not-check' {
  const some = (status: Verdict['status']) => verdicts.some((verdict) => verdict.status === status);
  if (some('fail') || some('not-yet')) return 'fail';
  if (some('could-not-check')) return 'could-not-check';
  return some('blocked') ? 'fail' : 'pass';
}
