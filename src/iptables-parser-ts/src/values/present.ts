import type { Reader, Value } from '../grammar.ts';

/** An option without arguments: its field is `true` when it is there. */
export const present: Value<true> = { words: 0, expected: 'no argument', read: () => true, write: () => '' };

/** An option without arguments that stands for a fixed value (`--syn`). */
export function constant<T>(make: () => T): Reader<T> {
  return { words: 0, expected: 'no argument', read: make };
}
