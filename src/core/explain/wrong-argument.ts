import { type ErrorData, HoplabError } from '../errors.ts';
import type { Said } from '../text/said.ts';
import { inWords } from './problem-text.ts';

/** `argument-invalid` with its sentence in every language. `path`: the argument's place or name. */
export function wrongArgument(problem: Said, data: ErrorData = {}, path = ''): HoplabError {
  const words = inWords(problem);
  const message = path === '' ? words.en : `${path}: ${words.en}`;
  return new HoplabError('argument-invalid', message, { ...data, issues: [{ path, ...problem, words }] });
}
