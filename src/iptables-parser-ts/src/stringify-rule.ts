import { matchExtensions, targetExtensions } from './extensions.ts';
import type { Negatable } from './grammar.ts';
import { HEADER } from './header-options.ts';
import { quoteWord } from './quote.ts';
import type { Counters, Match, Rule, Target } from './tree.ts';

/**
 * The rule as a line of iptables-save, without a line break: byte for byte as it was read when the tree still
 * says the same, else in iptables-save's order and quoting.
 */
export function serializeRule(rule: Rule): string {
  const printed = printRule(rule);
  return rule.raws.text !== undefined && rule.raws.printed === printed ? rule.raws.text : printed;
}

/** The line the tree alone stands for. */
export function printRule(rule: Rule): string {
  const counters = rule.counters ? `${printCounters(rule.counters)} ` : '';
  let line = `${counters}${printCommand(rule)}`;
  for (const [key, flag, value] of HEADER) {
    const part = rule[key];
    if (part) line += printOption(flag, value.write(part.value as never), part.negated);
  }
  for (const match of rule.matches) line += printMatch(match);
  return rule.target ? line + printTarget(rule.target) : line;
}

export const printCounters = ({ packets, bytes }: Counters): string => `[${packets}:${bytes}]`;

const LETTER = { append: 'A', insert: 'I', delete: 'D', check: 'C', replace: 'R' } as const;

function printCommand({ command, chain }: Rule): string {
  const number = 'number' in command && command.number !== undefined ? ` ${command.number}` : '';
  return `-${LETTER[command.kind]} ${quoteWord(chain)}${number}`;
}

const printOption = (flag: string, text: string, negated: boolean): string =>
  `${negated ? ' !' : ''} ${flag}${text === '' ? '' : ` ${text}`}`;

/** ` -m NAME` and its options. */
export function printMatch(match: Match): string {
  if (match.kind === 'unknown') return ` -m ${match.name}${printWords(match.words)}`;
  return ` -m ${match.kind}${printFields(matchExtensions.get(match.kind), match)}`;
}

function printTarget(target: Target): string {
  if (target.kind === 'jump') return ` -j ${quoteWord(target.chain)}`;
  if (target.kind === 'goto') return ` -g ${quoteWord(target.chain)}`;
  if (target.kind === 'unknown') return ` -j ${target.name}${printWords(target.words)}`;
  return ` -j ${target.kind}${printFields(targetExtensions.get(target.kind), target)}`;
}

const printWords = (words: readonly string[]): string => words.map((word) => ` ${quoteWord(word)}`).join('');

function printFields(extension: ReturnType<typeof matchExtensions.get>, node: Match | Target): string {
  let text = '';
  const fields = node as unknown as Record<string, unknown>;
  for (const [key, option] of extension?.entries ?? []) {
    const field = fields[key];
    if (field === undefined) continue;
    const { negated, value } = option.negatable
      ? (field as Negatable<unknown>)
      : { negated: false, value: field };
    text += printOption(option.flag, option.value.write(value), negated);
  }
  return text;
}
