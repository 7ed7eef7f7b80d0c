import type { Language } from '../../core/language.ts';
import type { Check, StepState } from '../state/protocol-types.ts';

/** A check in one line: the daemon's words once it was asked, else its question. */
export function sayCheck(check: Check, { verdicts }: StepState, language: Language): string {
  return (
    verdicts.find((verdict) => verdict.check === check.id)?.words[language].message ||
    check.question[language]
  );
}
