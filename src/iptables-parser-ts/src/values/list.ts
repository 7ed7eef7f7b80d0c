import type { Value } from '../grammar.ts';

/** Which words are taken for an item of the list. */
interface ListRules {
  /** Case is ignored, and the first item that begins with the word is meant (`EST` is ESTABLISHED). */
  readonly abbreviated?: boolean;
}

/** The item a word means. */
export function itemOf<T extends string>(
  items: readonly T[],
  word: string,
  rules: ListRules = {},
): T | undefined {
  if (!rules.abbreviated) return items.find((item) => item === word);
  const upper = word.toUpperCase();
  return upper === '' ? undefined : items.find((item) => item.startsWith(upper));
}

/** A comma-separated set of fixed words; the kernel keeps a bit per word, so order and repeats do not matter. */
export function setOf<T extends string>(items: readonly T[], rules: ListRules = {}): Value<T[]> {
  return {
    words: 1,
    expected: `a comma-separated list of ${items.join(', ')}`,
    read: (text) => {
      const found: T[] = [];
      for (const word of text.split(',')) {
        const item = itemOf(items, word, rules);
        if (item === undefined) return undefined;
        found.push(item);
      }
      return found;
    },
    write: (values) => values.join(','),
    normal: (values) => items.filter((item) => values.includes(item)),
  };
}

/** One of a few fixed words. */
export function oneOf<T extends string>(items: readonly T[], rules: ListRules = {}): Value<T> {
  return {
    words: 1,
    expected: `one of ${items.join(', ')}`,
    read: (text) => itemOf(items, text, rules),
    write: (value) => value,
  };
}
