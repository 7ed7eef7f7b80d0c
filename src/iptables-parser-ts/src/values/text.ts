import type { Value } from '../grammar.ts';
import { quote } from '../quote.ts';
import { byteLength } from './byte-length.ts';

/** Text printed with xtables_save_string: quoted unless it is letters, digits, `-` and `_` only. */
export function quotedText(expected: string, max = Number.POSITIVE_INFINITY, min = 0): Value<string> {
  return {
    words: 1,
    expected,
    read: (text) => (text.length >= min && byteLength(text) <= max ? text : undefined),
    write: quote,
  };
}

/** A name printed without quotes. */
export function name(expected: string, max: number): Value<string> {
  return {
    words: 1,
    expected,
    read: (text) => (text !== '' && byteLength(text) <= max && !/\s/.test(text) ? text : undefined),
    write: (text) => text,
  };
}
