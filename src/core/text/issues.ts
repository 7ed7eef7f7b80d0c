import type { z } from 'zod';
import { languages } from '../language.ts';
import { keysAt } from './keys.ts';
import { nearest } from './nearest.ts';
import { readSaid, type Said, said } from './said.ts';

interface Issue extends Said {
  path: (string | number)[];
  /** The unknown key itself, which stands in the file although the path ends above it. */
  key: string | null;
}

/** Zod's issues with the expected form and what is there instead, each unknown key on its own. */
export function issuesOf(error: z.ZodError, schema: z.ZodType, data: unknown): Issue[] {
  const found = issuesIn(error.issues, schema, data);
  const unknown = Map.groupBy(
    found.filter(({ key }) => key !== null),
    ({ path }) => path.join('/'),
  );
  const nothingKnown = new Map(
    [...unknown].map(([at, all]) => {
      const keys = new Set(all.map(({ key }) => key));
      return [at, Object.keys(valueAt(data, all[0]?.path ?? []) ?? {}).every((key) => keys.has(key))];
    }),
  );
  // A file may have thousands of each: only those of the same mapping, or of the one around, are compared.
  const firsts = ({ path }: Issue) =>
    [path, path.slice(0, -1)].map((one) => one.join('/')).flatMap((at) => unknown.get(at) ?? []);
  return found.filter(
    (issue) =>
      !firsts(issue).some(
        (one) => one !== issue && follows(issue, one, nothingKnown.get(one.path.join('/')) ?? false),
      ),
  );
}

/** What is missing is the key that was written otherwise, and named already. */
function follows({ code, path, values, key }: Issue, first: Issue, alone: boolean): boolean {
  const { path: at, values: of } = first;
  const same = (one: Issue['path']) => one.join('/') === path.join('/');
  // Nothing else is right there: `kind: ping`, or a mapping that was meant to be a text.
  if (first.code === 'value-as-key') return same(at) && (key !== null || code === 'expected-one-key');
  const near = of.near ?? '';
  if (near === '') return alone && code.startsWith('missing') && same([...at, ...path.slice(-1)]);
  if (code === 'expected-one-key') return same(at) && (values.known ?? '').split(', ').includes(near);
  return code.startsWith('missing') && same([...at, near]);
}

function issuesIn(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  data: unknown,
  above: Issue['path'] = [],
): Issue[] {
  // An unknown key first: a missing key is often only misspelt.
  const unknownFirst = issues.toSorted((one, other) => rank(one) - rank(other));
  return unknownFirst.flatMap((issue): Issue[] => {
    const path = [...above, ...issue.path.filter((part) => typeof part !== 'symbol')];
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => ({
        path,
        ...unknownKey(key, known, valueAt(data, [...path, key])),
        key,
      }));
    }
    const value = valueAt(data, path);
    if (issue.code === 'invalid_union') {
      const meant = branchMeant(issue, value);
      if (meant !== null) return issuesIn(meant, schema, data, path);
    }
    const own = readSaid(issue.message) ?? plain(issue, path, value);
    return [{ path, ...withValue(own, value), key: null }];
  });
}

/** More keys than this tell nothing in one line. */
const manyKeys = 16;

/**
 * In `{ en: one, two }` the comma ends the text, and what follows is a key: no language has a space in its name, and
 * no key either. `kind: ping` is said by the key `ping` itself.
 */
function unknownKey(key: string, known: readonly string[], value: unknown): Said {
  const isText = known.length > 0 && known.every((one) => (languages as readonly string[]).includes(one));
  if (isText && /\s/.test(key)) return said('comma-in-text', { key });
  const near = nearest(key, known) ?? '';
  if (near !== '') return said('unknown-key', { key, near });
  if (typeof value === 'string' && known.includes(value)) return said('value-as-key', { key, value });
  const here = { key, known: known.length > manyKeys ? '' : known.join(', ') };
  if (value === null) return said('key-or-comma', here);
  return /\s/.test(key) ? said('colon-in-text', { key }) : said('unknown-key', here);
}

/** The one form of several that a mapping or a list was meant to have; null where none is nearer than another. */
function branchMeant({ errors }: z.core.$ZodIssueInvalidUnion, value: unknown): z.core.$ZodIssue[] | null {
  if (typeof value !== 'object' || value === null) return null;
  const fitting = errors.filter(
    (branch) => !branch.some(({ code, path }) => code === 'invalid_type' && path.length === 0),
  );
  const [only] = fitting;
  return fitting.length === 1 && only !== undefined ? [...only] : null;
}

/** Zod's own issues in the words of files, where zod has those of JavaScript. */
function plain(issue: z.core.$ZodIssue, path: Issue['path'], value: unknown): Said {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return missing(path, typeOf(issue.expected));
      return said('wrong-type', { wanted: typeOf(issue.expected), found: foundIn(value) });
    case 'invalid_union': {
      const wanted = issue.errors.flatMap((branch) =>
        branch.flatMap((one) => (one.code === 'invalid_type' ? [typeOf(one.expected)] : [])),
      );
      const [first = 'something', second = ''] = new Set(wanted);
      if (wanted.length === 0) return noneOf(optionsOf(issue), value);
      if (value === undefined) return missing(path, first);
      return said('wrong-type', { wanted: first, orWanted: second, found: foundIn(value) });
    }
    case 'invalid_value': {
      const known = issue.values.map(String);
      if (value === undefined) return said('missing-one-of', { name: nameOf(path), known: known.join(', ') });
      return noneOf(known, value);
    }
    case 'too_small':
      if (issue.origin === 'string') return said('text-empty');
      return said(issue.origin === 'array' ? 'list-too-short' : 'number-too-small', {
        least: `${issue.minimum}`,
      });
    case 'too_big':
      if (issue.origin === 'string') return said('text-too-long', { most: `${issue.maximum}` });
      return said(issue.origin === 'array' ? 'list-too-long' : 'number-too-large', {
        most: `${issue.maximum}`,
      });
    case 'invalid_key': {
      const [inner] = issue.issues;
      const own = inner === undefined ? null : (readSaid(inner.message) ?? plain(inner, path, path.at(-1)));
      return own === null ? said('wrong-form') : withValue(own, path.at(-1));
    }
    default:
      return said('wrong-form');
  }
}

/** Of a union that one key decides: the values of that key. */
const optionsOf = (issue: z.core.$ZodIssueInvalidUnion): string[] =>
  'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];

function noneOf(known: readonly string[], value: unknown): Said {
  if (known.length === 0) return said('wrong-form');
  const near = typeof value === 'string' ? nearest(value, known) : null;
  return said('none-of', { known: known.join(', '), near: near ?? '' });
}

const missing = (path: Issue['path'], wanted: string): Said =>
  typeof path.at(-1) === 'number'
    ? said('place-empty', { wanted })
    : said('missing', { name: nameOf(path), wanted });

const nameOf = (path: Issue['path']): string => `${path.at(-1) ?? ''}`;

/** JavaScript's types as YAML's; src/words has their names. */
const types: Record<string, string> = {
  ...{ string: 'text', number: 'number', int: 'whole-number', boolean: 'boolean', null: 'nothing' },
  ...{ array: 'list', tuple: 'list', object: 'mapping', record: 'mapping', nan: 'no-number' },
};
const typeOf = (expected: string): string => types[expected] ?? 'something';

function foundIn(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number' && Number.isFinite(value) && !Number.isInteger(value)) return 'fraction';
  return typeOf(Number.isNaN(value) ? 'nan' : typeof value);
}

/** What is there instead, as far as one line holds it. */
function withValue({ code, values }: Said, value: unknown): Said {
  const written = ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
  const short = written.length > 60 || written.includes('\n') ? '' : written;
  return said(code, { ...(short === '' ? {} : { value: short }), ...values });
}

function valueAt(data: unknown, path: Issue['path']): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    data,
  );
}

const rank = ({ code }: z.core.$ZodIssue) => (code === 'unrecognized_keys' ? 0 : 1);
