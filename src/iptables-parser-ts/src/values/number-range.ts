import type { Value } from '../grammar.ts';
import { readInteger } from './integer.ts';

/** Numbers from `from` to `to`, both included. */
export interface NumberRange {
  from: number;
  to: number;
}

/** `10`, `10:20`, `:20`, `10:`; an open end is the type's own bound. */
export function numberRange(max: number): Value<NumberRange> {
  return {
    words: 1,
    expected: `a number up to ${max} or a range such as 10:20`,
    read: (text) => {
      const colon = text.indexOf(':');
      const low = colon < 0 ? text : text.slice(0, colon);
      const high = colon < 0 ? text : text.slice(colon + 1);
      const from = low === '' && colon >= 0 ? 0 : readInteger(low, max);
      const to = high === '' && colon >= 0 ? max : readInteger(high, max);
      return from === undefined || to === undefined || from > to ? undefined : { from, to };
    },
    write: ({ from, to }) => (from === to ? `${from}` : `${from}:${to}`),
  };
}
