import type { Value } from '../grammar.ts';

const DIGITS = /^(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)$/;

/** A whole number as libxtables reads it: `0x` is hexadecimal, a leading `0` octal (`strtoul`, base 0). */
export function readInteger(text: string, max = 0xffffffff, min = 0): number | undefined {
  if (text.length > 24 || !DIGITS.test(text)) return undefined;
  const octal = text.length > 1 && text.charCodeAt(0) === 48 && text.charCodeAt(1) <= 57;
  const value = octal ? Number.parseInt(text, 8) : Number(text);
  return value >= min && value <= max ? value : undefined;
}

/** A number between two bounds, printed in decimal. */
export function integer(max = 0xffffffff, min = 0): Value<number> {
  return {
    words: 1,
    expected: `a number from ${min} to ${max}`,
    read: (text) => readInteger(text, max, min),
    write: String,
  };
}

/** A 64-bit counter. */
export const counter: Value<bigint> = {
  words: 1,
  expected: 'a number of at most 64 bits',
  read: readCounter,
  write: String,
};

const MAX_COUNTER = 2n ** 64n - 1n;

/** A decimal 64-bit number, as counters are printed. */
export function readCounter(text: string): bigint | undefined {
  if (text.length > 20 || !/^[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text);
  return value <= MAX_COUNTER ? value : undefined;
}

/** As the kernel's tools print marks and masks. */
export const hexadecimal = (value: number): string => `0x${value.toString(16)}`;
