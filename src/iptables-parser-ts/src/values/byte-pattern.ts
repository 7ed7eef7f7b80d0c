import type { Value } from '../grammar.ts';

/** A pattern as the kernel keeps it: `value` is text when every byte is printable, else `|hex|`. */
interface BytePattern {
  printable: boolean;
  value: string;
}

const HEX = /^[0-9a-fA-F]{2}$/;

/** UTF-8, the encoding in which a shell passes text to iptables. */
function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return bytes;
}

/** Reads `GET|20 2f|x`: between bars pairs of hexadecimal digits, elsewhere text with `\` before any character. */
function readHex(text: string): number[] | undefined {
  const bytes: number[] = [];
  let inHex = false;
  for (let i = 0; i < text.length; ) {
    const character = text.charAt(i);
    if (character === '|') {
      inHex = !inHex;
      i++;
    } else if (inHex) {
      if (character === ' ') {
        i++;
        continue;
      }
      const pair = text.slice(i, i + 2);
      if (!HEX.test(pair)) return undefined;
      bytes.push(Number.parseInt(pair, 16));
      i += 2;
    } else {
      if (character === '\\') i++;
      if (i >= text.length) return undefined;
      const whole = String.fromCodePoint(text.codePointAt(i) as number);
      bytes.push(...utf8(whole));
      i += whole.length;
    }
  }
  return inHex ? undefined : bytes;
}

function printed(bytes: readonly number[]): BytePattern {
  if (bytes.every((b) => b >= 32 && b < 127))
    return { printable: true, value: String.fromCharCode(...bytes) };
  return { printable: false, value: `|${bytes.map((b) => b.toString(16).padStart(2, '0')).join('')}|` };
}

const write = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
const MAX = 128;

const text: Value<string> = {
  words: 1,
  expected: `a pattern of 1 to ${MAX} bytes`,
  read: (word) => (word !== '' && utf8(word).length <= MAX ? word : undefined),
  write,
};

const hex: Value<string> = {
  words: 1,
  expected: 'a pattern such as "GET|20 2f|"',
  read: (word) => {
    const length = readHex(word)?.length ?? 0;
    return length > 0 && length <= MAX ? word : undefined;
  },
  write,
};

/** The two ways to write a byte pattern, and the form the kernel's tools print it in (`libxt_string.c`). */
export const bytePattern = {
  text,
  hex,
  fromText: (word: string): BytePattern => printed(utf8(word)),
  fromHex: (word: string): BytePattern => printed(readHex(word) ?? []),
};
