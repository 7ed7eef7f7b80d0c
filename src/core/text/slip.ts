import { parseIp } from '../state/ip.ts';
import { editDistance } from './nearest.ts';

/** How a line of a file differs from the intended one. */
export const slips = ['order', 'comment', 'space', 'dot', 'sign', 'word', 'spelling'] as const;
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
  return misspelled(one, other) ? 'spelling' : null;
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
    else if (address && names.includes(`${name}.`)) return { line, slip: 'dot' };
    else if (address && names.some((one) => near(one, name))) return { line, slip: 'spelling' };
  }
  return null;
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
    if (plain === 'nameserver' && hasSign && values.length === 1) return { line, slip: 'sign' };
    if (parseIp(key) !== null && rest.length === 0) return { line, slip: 'word' };
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
