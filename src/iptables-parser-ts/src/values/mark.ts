import type { Reader, Value } from '../grammar.ts';
import { hexadecimal, readInteger } from './integer.ts';

/** A mark and the bits of it that count. */
export interface Mark {
  value: number;
  mask: number;
}

const ALL = 0xffffffff;

/** `0x4000`, `0x4000/0x4000`: the mask defaults to all 32 bits. */
function readMark(text: string): Mark | undefined {
  const slash = text.indexOf('/');
  const value = readInteger(slash < 0 ? text : text.slice(0, slash));
  const mask = slash < 0 ? ALL : readInteger(text.slice(slash + 1));
  return value === undefined || mask === undefined ? undefined : { value, mask };
}

const expected = 'a mark such as 0x4000 or 0x4000/0x4000';

/** The mark a match compares with: a full mask is not printed. */
export const comparedMark: Value<Mark> = {
  words: 1,
  expected,
  read: readMark,
  write: ({ value, mask }) =>
    mask === ALL ? hexadecimal(value) : `${hexadecimal(value)}/${hexadecimal(mask)}`,
};

/** `--set-xmark value/mask`: clears the bits of mask, then XORs value in. Always printed with its mask. */
export const xorMark: Value<Mark> = {
  words: 1,
  expected,
  read: readMark,
  write: ({ value, mask }) => `${hexadecimal(value)}/${hexadecimal(mask)}`,
};

/** `--set-mark value/mask`: clears the bits of mask, then ORs value in (iptables-extensions(8), MARK). */
export const setMark: Reader<Mark> = {
  words: 1,
  expected,
  read: (text) => {
    const mark = readMark(text);
    return mark && { value: mark.value, mask: (mark.value | mark.mask) >>> 0 };
  },
};

function bits(make: (bits: number) => Mark): Reader<Mark> {
  return {
    words: 1,
    expected: 'a mark such as 0x4000',
    read: (text) => {
      const value = readInteger(text);
      return value === undefined ? undefined : make(value);
    },
  };
}

/** `--and-mark`, `--or-mark`, `--xor-mark` as the `--set-xmark` they stand for (iptables-extensions(8), MARK). */
export const andMark = bits((value) => ({ value: 0, mask: ~value >>> 0 }));
export const orMark = bits((value) => ({ value, mask: value }));
export const bitXorMark = bits((value) => ({ value, mask: 0 }));

/** A mask of mark bits. */
export const mask: Value<number> = {
  words: 1,
  expected: 'a mask such as 0xff',
  read: (text) => readInteger(text),
  write: hexadecimal,
};
