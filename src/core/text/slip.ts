import { parseIp } from '../state/ip.ts';
import { editDistance } from './nearest.ts';

/** How a line of a file differs from the intended one. */
export const slips = [
  ...(['order', 'comment', 'space', 'dot', 'sign', 'stray', 'word', 'address', 'name', 'spelling'] as const),
] as const;
export type Slip = (typeof slips)[number];

export interface NearLine {
  line: string;
  slip: Slip;
}

/** The line of a file that is the entry but for one thing. */
export function nearLine(entry: string, text: string): NearLine | null {
  for (const line of linesOf(text)) {
    const slip = slipIn(line, entry);
    if (slip !== null) return { line, slip };
  }
  return null;
}

function slipIn(line: string, entry: string): Slip | null {
  const [one, other] = [wordsOf(line.replace(/^[#;]+/, '')), wordsOf(entry)];
  const same = (change: (words: string[]) => string) => change(one) === change(other);
  if (/^[#;]/.test(line)) return same((words) => words.join(' ')) ? 'comment' : null;
  if (same((words) => words.toSorted().join(' '))) return 'order';
  if (same((words) => words.join(''))) return 'space';
  if (same((words) => words.map((word) => word.replace(/\.$/, '')).join(' '))) return 'dot';
  if (wordsOf(unsigned(line)).join(' ') === wordsOf(unsigned(entry)).join(' ')) return 'sign';
  if (other.length > 1 && other.some((_, left) => other.toSpliced(left, 1).join(' ') === one.join(' ')))
    return 'word';
  const [wanted, ...differing] = other.filter((word, at) => word !== one[at]);
  const typed = one.find((word, at) => word !== other[at]) ?? '';
  const wantsAddress =
    one.length === other.length && differing.length === 0 && parseIp(wanted ?? '') !== null;
  if (wantsAddress && isSlippedAddress(typed)) return 'address';
  if (other[0] === 'nameserver' && one[0] === 'nameserver') return serverSlip(one[1] ?? '');
  return misspelled(one, other) ? 'spelling' : null;
}

/** Of the characters of an address, and none: a number of more than 255, one too few or too many. */
const isSlippedAddress = (word: string): boolean =>
  (/^\d+(\.\d*){2,}$/.test(word) || /^(?=.*:.*:)[\da-f:]+$/i.test(word)) && parseIp(word) === null;

/** What stands behind `nameserver` and is no address: only the first word counts there (glibc's resolver). */
function serverSlip(word: string): Slip | null {
  if (word === '' || parseIp(word) !== null) return null;
  const bare = word.replace(/^[=,:]+(?=\w)|[=,]+$/g, '');
  if (bare !== word && parseIp(bare) !== null) return 'stray';
  if (isSlippedAddress(bare)) return 'address';
  return /^[a-z][\w-]*(\.[\w-]+)*\.?$/i.test(bare) ? 'name' : null;
}

/** Without the signs that other files have between a name and its value. */
const unsigned = (line: string): string => line.replace(/[=,]|:(?=\s)/g, ' ');

/** One word that is long enough to be known in spite of its letters; numbers are never misspelled. */
function misspelled(one: readonly string[], other: readonly string[]): boolean {
  const differing = one.flatMap((word, at) => (word === other[at] ? [] : [[word, other[at] ?? ''] as const]));
  const [pair] = differing;
  if (one.length !== other.length || pair === undefined || differing.length > 1) return false;
  return near(...pair);
}

function near(word: string, wanted: string): boolean {
  // The words of these files count in small letters only (resolv.conf(5)).
  if (word !== wanted && sameName(word, wanted)) return true;
  const digits = (text: string) => text.replace(/\D/g, '');
  if (wanted.length < 4 || word === wanted || digits(word) !== digits(wanted)) return false;
  return editDistance(word, wanted) <= 2;
}

/** Names of hosts, domains and certificates are the same in small letters and in capitals (RFC 4343). */
export const sameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The line of /etc/hosts that was meant to give a name's address, and does not. */
export function nearHost(name: string, hosts: string): NearLine | null {
  for (const line of linesOf(hosts)) {
    const words = wordsOf(line.replace(/^#+/, ''));
    const [first = '', ...names] = words;
    const address = parseIp(first) !== null;
    const has = address && names.some((one) => sameName(one, name));
    if (line.startsWith('#')) {
      if (has) return { line, slip: 'comment' };
    } else if (!address && words.includes(name) && words.some((word) => parseIp(word) !== null))
      return { line, slip: 'order' };
    else if (words.length === 1 && first.endsWith(name) && parseIp(first.slice(0, -name.length)) !== null)
      return { line, slip: 'space' };
    else if (isSlippedAddress(first) && names.some((one) => sameName(one, name)))
      return { line, slip: 'address' };
    else if (address && names.includes(`${name}.`)) return { line, slip: 'dot' };
    else if (hasSignsBetween(line, name)) return { line, slip: 'stray' };
    else if (address && names.some((one) => near(one, name))) return { line, slip: 'spelling' };
  }
  return null;
}

/** `10.0.0.1, db` and `10.0.0.1=db`: with the signs, no column is an address before this name. */
function hasSignsBetween(line: string, name: string): boolean {
  const [first = '', ...names] = wordsOf(unsigned(line));
  return parseIp(first) !== null && names.some((one) => sameName(one, name));
}

/** The line of /etc/hosts that gives a name an address. */
export function hostLine(name: string, address: string, hosts: string): string | null {
  return (
    linesOf(hosts).find((line) => {
      const [first, ...names] = wordsOf(line);
      return first === address && names.some((one) => sameName(one, name));
    }) ?? null
  );
}

/** The line of resolv.conf that was to name a server, where none does. */
export function nearServer(resolver: string): NearLine | null {
  for (const line of linesOf(resolver)) {
    const [key = '', ...rest] = wordsOf(line.replace(/^[#;]+/, ''));
    const server = rest.length === 1 && parseIp(rest[0] ?? '') !== null;
    if (server && /^[#;]/.test(line) && key === 'nameserver') return { line, slip: 'comment' };
    const [plain, ...values] = wordsOf(unsigned(line));
    const hasSign = plain !== key || rest.length > values.length;
    if (plain === 'nameserver' && hasSign && values.length === 1) return { line, slip: 'stray' };
    if (parseIp(key) !== null && rest.length === 0) return { line, slip: 'word' };
    const slip = key === 'nameserver' ? serverSlip(rest[0] ?? '') : null;
    if (slip !== null) return { line, slip };
    if (server && near(key, 'nameserver')) return { line, slip: 'spelling' };
    if (key.startsWith('nameserver') && parseIp(key.slice('nameserver'.length)) !== null)
      return { line, slip: 'space' };
    if (parseIp(key) !== null && rest[0] === 'nameserver') return { line, slip: 'order' };
  }
  return null;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => (/^\s*[#;]/.test(line) ? line : line.replace(/[#;].*/, '')).trim())
    .filter((line) => line !== '');

const wordsOf = (line: string): string[] => line.trim().split(/\s+/);
