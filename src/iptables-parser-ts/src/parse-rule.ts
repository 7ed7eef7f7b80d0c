import type { Family } from './family.ts';
import { ParseError } from './parse-error.ts';
import { readRule } from './rule-reader.ts';
import { saveWords } from './save-words.ts';
import { shellWords } from './shell-words.ts';
import { printRule } from './stringify-rule.ts';
import type { Counters, Rule } from './tree.ts';
import { readCounter } from './values/integer.ts';
import type { Word } from './word.ts';

export interface RuleOptions {
  /** The table of a rule that names none; `filter` when left out, as for iptables. */
  table?: string;
  /** The family of a rule that implies none. */
  family?: Family;
  /** Keep a match or target verbatim when it has an option its grammar does not know (default: refuse). */
  lenient?: boolean;
}

const COMMAND = /^(?:\/(?:usr\/)?(?:local\/)?s?bin\/)?(ip6?)tables(?:-nft|-legacy)?$/;

/**
 * Parses one rule: a line of iptables-save (`-A INPUT -p tcp ...`, counters in front allowed, also with -I, -D,
 * -C, -R), quoted by iptables-restore's rules; or a command as it is typed (`sudo iptables -t nat -A ...`),
 * quoted by the shell's.
 *
 * @throws ParseError for anything else
 */
export function parseRule(line: string, options: RuleOptions = {}): Rule {
  const text = line.endsWith('\n') ? line.slice(0, -1) : line;
  const start = text.search(/[^ \t]/);
  const isCommand = start >= 0 && /[A-Za-z/]/.test(text.charAt(start));
  const rest = { table: options.table ?? 'filter', strict: options.lenient !== true, command: isCommand };
  if (isCommand) {
    const words = shellWords(text);
    const { at, family } = commandWord(words);
    return readRule(words.slice(at), 1, { ...rest, family: family ?? options.family });
  }
  const { words, end } = saveWords(text);
  if (end < text.length) throw new ParseError(2, 1, [text.slice(end + 1, end + 41)], 'one rule only');
  const counted = takeCounters(words);
  const rule = readRule(counted.words, 1, { ...rest, family: options.family });
  return keepText(rule, counted.counters, text);
}

/** Finds `iptables` or one of its variants, after an optional `sudo`. */
function commandWord(words: readonly Word[]): { at: number; family: Family | undefined } {
  const at = words[0]?.text === 'sudo' ? 1 : 0;
  const word = words[at];
  const found = word && COMMAND.exec(word.text);
  if (!found) {
    const position = word ?? words[0];
    const column = word ? word.column : (position?.column ?? 1) + (position?.text.length ?? 0);
    throw new ParseError(
      position?.line ?? 1,
      column,
      word ? [word.text] : [],
      'a rule (-A CHAIN ...) or an iptables command',
    );
  }
  return { at: at + 1, family: found[1] === 'ip6' ? 'ipv6' : 'ipv4' };
}

/** `[packets:bytes]` in front of a rule. */
export function takeCounters(words: readonly Word[]): {
  words: readonly Word[];
  counters: Counters | undefined;
} {
  const first = words[0];
  if (first === undefined || !first.text.startsWith('[')) return { words, counters: undefined };
  const counters = readCounters(first.text);
  if (counters === undefined)
    throw new ParseError(first.line, first.column, [first.text], 'counters such as [0:0]');
  return { words: words.slice(1), counters };
}

export function readCounters(text: string): Counters | undefined {
  const match = /^\[([0-9]+):([0-9]+)\]$/.exec(text);
  const packets = match ? readCounter(match[1] as string) : undefined;
  const bytes = match ? readCounter(match[2] as string) : undefined;
  return packets === undefined || bytes === undefined ? undefined : { packets, bytes };
}

/** Remembers how the rule was written, where printing it would give another text. */
export function keepText(rule: Rule, counters: Counters | undefined, text: string): Rule {
  if (counters) rule.counters = counters;
  const printed = printRule(rule);
  if (printed !== text) {
    rule.raws.text = text;
    rule.raws.printed = printed;
  }
  return rule;
}
