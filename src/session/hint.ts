import { rungOf } from '../core/explain/rung.ts';
import type { Hint, SessionEvent } from '../core/session/event.ts';
import type { Verdict } from '../core/verdict/verdict.ts';
import { causeOf, type Progress } from './progress.ts';

const rungs = 4;

/** The hint behind the last one about the cause of this verdict, and the event that remembers it. */
export function nextRung(
  verdict: Verdict,
  { hints, practice }: Progress,
): { event: SessionEvent; hint: Hint } {
  const { step, check } = verdict;
  const cause = causeOf(verdict);
  const rung = Math.min((hints.get(cause) ?? 0) + 1, rungs) as Hint['rung'];
  return {
    event: { type: 'hint', step, check, cause, rung },
    hint: { step, check, verdict, rung, rungs, text: rungOf(verdict, rung, practice !== null) },
  };
}
