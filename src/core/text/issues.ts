import type { z } from 'zod';
import { languages } from '../language.ts';
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
      const known = keysAt(schema, path);
      return issue.keys.map((key) => ({ path, message: unknownKey(key, known), key }));
    }
    const own = ownWords(issue);
    if (own !== null) return [{ path, message: own.replace('NAME', String(path.at(-1))), key: null }];
    if (issue.code === 'invalid_key') {
      const words = issue.issues.map(({ message }) => message).join('; ');
      return [{ path, message: `${String(path.at(-1))}: ${words}`, key: null }];
    }
    return [{ path, message: issue.message, key: null }];
  });
}

/** In `{ en: one, two }` the comma ends the text, and what follows is a key: no language has a space in its name. */
function unknownKey(key: string, known: readonly string[]): string {
  const isText = known.length > 0 && known.every((one) => (languages as readonly string[]).includes(one));
  const advice = '; a text with a comma between { and } stands in quotes: { en: "one, two" }';
  return `unknown key ${key}${isText && /\s/.test(key) ? advice : suggestion(key, known)}`;
}

/** In the words of files, where zod has those of JavaScript; null where its message is the schema's own, or clear. */
function ownWords(issue: z.core.$ZodIssue): string | null {
  if (issue.code === 'invalid_type') {
    const [, found = ''] = /, received (\w+)$/.exec(issue.message) ?? [];
    const expected = kinds[issue.expected] ?? issue.expected;
    if (found === 'undefined') return `NAME is missing; expected ${expected}`;
    return found === '' ? null : `expected ${expected}, found ${kinds[found] ?? found}`;
  }
  if (issue.code === 'too_small' && issue.origin === 'array' && issue.message.startsWith('Too small'))
    return `expected a list of ${issue.minimum} or more`;
  if (issue.code === 'too_big' && issue.origin === 'array' && issue.message.startsWith('Too big'))
    return `expected a list of ${issue.maximum} or fewer`;
  return null;
}

/** JavaScript's types as YAML's. */
const kinds: Record<string, string> = {
  ...{ string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false', null: 'nothing' },
  ...{ array: 'a list', tuple: 'a list', object: 'a mapping', record: 'a mapping', NaN: 'no number' },
};

const rank = ({ code }: z.core.$ZodIssue) => (code === 'unrecognized_keys' ? 0 : 1);
