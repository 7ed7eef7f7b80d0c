import { inWords } from '../core/explain/problem-text.ts';
import type { Problem } from '../core/session/control.ts';
import type { Said } from '../core/text/said.ts';

/** What is wrong, at its place, in every language. */
export function problemAt(
  place: Pick<Problem, 'file' | 'line' | 'column' | 'field'>,
  { code, values }: Said,
  severity: Problem['severity'] = 'error',
): Problem {
  const words = inWords({ code, values });
  return { ...place, code, values, message: words.en, words, severity };
}

/** Of a file as a whole. */
export const fileProblem = (file: string, said: Said, severity: Problem['severity'] = 'error'): Problem =>
  problemAt({ file, line: null, column: null, field: null }, said, severity);
