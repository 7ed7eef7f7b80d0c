import type { problems } from '../../words/en/problems.ts';

/** What is wrong in a file or a request: each code has a sentence in every language (src/words). */
export type ProblemCode = keyof typeof problems;

export interface Said {
  code: ProblemCode;
  values: Record<string, string>;
}

export const said = (code: ProblemCode, values: Said['values'] = {}): Said => ({ code, values });

/** The same as a text, for the errors of a schema: zod has no other place for it. */
export const says = (code: ProblemCode, values: Said['values'] = {}): string =>
  JSON.stringify(said(code, values));

/** Null for a message of zod's own. */
export const readSaid = (message: string): Said | null =>
  message.startsWith('{"code":') ? (JSON.parse(message) as Said) : null;
