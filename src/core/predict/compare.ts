import { sameAddress } from '../state/ip.ts';
import { none, type Prediction } from './prediction.ts';

/**
 * The values of a learner's answer: of choices their value or words in any language, separated by spaces or
 * commas if several are allowed. Null: the text does not answer this question.
 */
export function readAnswer(
  { answer, choices }: Pick<Prediction, 'answer' | 'choices'>,
  written: readonly string[],
): string[] | null {
  const parts = written.map((part) => part.trim()).filter((part) => part !== '');
  if (parts.length === 0) return null;
  if (choices.length === 0) return [parts.join(' ')];
  const chosen = (part: string) =>
    choices.find(({ value, text }) => [value, ...Object.values(text)].some((name) => same(name, part)))
      ?.value;
  const whole = chosen(parts.join(' '));
  if (whole !== undefined) return [whole];
  if (answer.kind !== 'which') return null;
  const values = parts.flatMap((part) => chosen(part) ?? part.split(/[\s,]+/).map(chosen));
  const known = values.filter((value) => value !== undefined);
  if (known.length < values.length || (known.includes(none) && known.length > 1)) return null;
  return choices.map(({ value }) => value).filter((value) => known.includes(value));
}

/** Whether two answers are the same, in any spelling of an address and any order. */
export function sameAnswer(one: readonly string[], other: readonly string[]): boolean {
  const held = (list: readonly string[], value: string) => list.some((each) => same(each, value));
  return one.length === other.length && one.every((value) => held(other, value));
}

function same(one: string, other: string): boolean {
  const [a, b] = [plain(one), plain(other)];
  return a === b || sameAddress(a, b) || (isMac(a) && isMac(b) && hex(a) === hex(b));
}

const plain = (text: string) => text.trim().toLowerCase().replace(/\s+/g, ' ').replace(/\.$/, '');
const isMac = (text: string) =>
  /^([0-9a-f]{1,2}[:-]){5}[0-9a-f]{1,2}$|^([0-9a-f]{4}\.){2}[0-9a-f]{4}$/.test(text);
const hex = (text: string) =>
  text.includes('.')
    ? text.replaceAll('.', '')
    : text
        .split(/[:-]/)
        .map((byte) => byte.padStart(2, '0'))
        .join('');
