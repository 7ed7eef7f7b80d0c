import type { Value } from '../grammar.ts';
import { byteLength } from './byte-length.ts';

/** An interface name of at most 15 bytes; a `+` at the end stands for any ending. */
export const interfaceName: Value<string> = {
  words: 1,
  expected: 'an interface name of 1 to 15 bytes (eth0, or eth+ for every name that begins so)',
  read: (text) => (text !== '' && byteLength(text) <= 15 && !/[\s/]/.test(text) ? text : undefined),
  write: (text) => text,
};
