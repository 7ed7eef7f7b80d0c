import type { Value } from '../grammar.ts';
import { hexadecimal, readInteger } from './integer.ts';

const NUMBER = '(0[xX][0-9a-fA-F]+|[0-9]+)';
const TOKEN = new RegExp(`\\s*(?:${NUMBER}|(&&|<<|>>|[&@=,:]))`, 'y');

/** Splits the text into the tokens of `location (& << >> @ number)* = range (, range)* (&& test)*`. */
function tokens(text: string): string[] | undefined {
  const found: string[] = [];
  const end = text.trimEnd().length;
  let afterEqual = false;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const operator = match[2];
    if ((operator === undefined) !== (found.length % 2 === 0)) return undefined;
    if (operator === undefined) {
      const value = readInteger(match[1] as string);
      if (value === undefined) return undefined;
      found.push(hexadecimal(value));
      continue;
    }
    if (operator === '=' || operator === '&&') {
      if (afterEqual !== (operator === '&&')) return undefined;
      afterEqual = !afterEqual;
    } else if ((operator === ',' || operator === ':') !== afterEqual) return undefined;
    if (operator === ':' && found.at(-2) === ':') return undefined;
    found.push(operator);
  }
  return found.length % 2 === 1 && afterEqual ? found : undefined;
}

/** The `--u32` language of iptables-extensions(8), kept as written; its normal form has no blanks and only hexadecimal. */
export const u32Tests: Value<string> = {
  words: 1,
  expected: 'u32 tests such as "6&0xFF=1 && 4&0x1FFF=0"',
  read: (text) => (tokens(text) ? text : undefined),
  write: (text) => `"${text}"`,
  normal: (text) => tokens(text)?.join('') ?? text,
};
