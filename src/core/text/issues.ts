import type { z } from 'zod';
import { keysAt } from './keys.ts';
import { suggestion } from './nearest.ts';

interface Issue {
  path: (string | number)[];
  message: string;
  /** The unknown key itself, which stands in the file although the path ends above it. */
  key: string | null;
}

/**
 * Zod's issues in words with the expected form, each unknown key on its own, beside the nearest known one.
 */
export function issuesOf(error: z.ZodError, schema: z.ZodType): Issue[] {
  // An unknown key first: a missing key is often only misspelt.
  const unknownFirst = error.issues.toSorted((one, other) => rank(one) - rank(other));
  return unknownFirst.flatMap((issue): Issue[] => {
    const path = issue.path.filter((part) => typeof part !== 'symbol');
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path,
        message: `unknown key ${key}${suggestion(key, keysAt(schema, path))}`,
        key,
      }));
    }
    if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
      return [{ path, message: `${String(path.at(-1))} is missing; expected ${issue.expected}`, key: null }];
    }
    if (issue.code === 'invalid_key') {
      const words = issue.issues.map(({ message }) => message).join('; ');
      return [{ path, message: `${String(path.at(-1))}: ${words}`, key: null }];
    }
    return [{ path, message: issue.message, key: null }];
  });
}

const rank = ({ code }: z.core.$ZodIssue) => (code === 'unrecognized_keys' ? 0 : 1);
