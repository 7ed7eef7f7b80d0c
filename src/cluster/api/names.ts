import { randomBytes } from 'node:crypto';
import { hash32 } from '../control/names.ts';

/** The suffix of generateName: letters and digits that make no words. */
export function newSuffix(): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return [...randomBytes(5)].map((byte) => letters[byte % letters.length]).join('');
}

/**
 * Numbers below 1 that follow from a name. Values that a service gets from them are the same in every
 * machine: the text of a lab can contain them, and a machine made anew is like the one before.
 */
export function chancesFor(name: string): () => number {
  let drawn = 0;
  return () => mixed(hash32(`${drawn++} ${name}`)) / 2 ** 32;
}

/** Every bit of the result hangs on every bit given (MurmurHash3, fmix32); FNV leaves similar names close. */
function mixed(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
