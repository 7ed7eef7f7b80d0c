import { randomBytes } from 'node:crypto';

/** What generateName ends in: letters and digits that make no words. */
export function newSuffix(): string {
  const letters = 'bcdfghjklmnpqrstvwxz2456789';
  return [...randomBytes(5)].map((byte) => letters[byte % letters.length]).join('');
}
