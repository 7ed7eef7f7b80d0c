import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import t from 'tap';
import {
  equivalent,
  normalize,
  ParseError,
  parseRule,
  parseSave,
  type Rule,
  serializeSave,
} from '../src/index.ts';
import { printRule } from '../src/stringify-rule.ts';
import { saved } from './support/corpus.ts';

const saves = saved().map(({ text }) => text);
const lines = saves.flatMap((text) => text.split('\n')).filter((line) => line !== '');

/** The rule, or the ParseError; anything else thrown fails the test. */
function attempt<T>(parse: () => T): T | ParseError {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
}

const forget = ({ raws: _, ...rule }: Rule): Omit<Rule, 'raws'> => rule;

/** The properties of every rule, from whatever source. */
function checkRule(rule: Rule): void {
  const { table, family } = rule;
  const options = { table, lenient: true, ...(family ? { family } : {}) };
  const again = parseRule(printRule(rule), options);
  if (!isDeepStrictEqual(forget(again), forget(rule))) {
    throw new Error(`the tree does not survive its text:\n${printRule(rule)}\n${printRule(again)}`);
  }
  const normal = normalize(rule);
  if (printRule(normalize(normal)) !== printRule(normal))
    throw new Error('the normal form has another normal form');
  if (!equivalent(rule, normal)) throw new Error('a rule differs from its normal form');
}

function checkSave(text: string): 'read' | 'refused' {
  const save = attempt(() => parseSave(text));
  if (save instanceof ParseError) {
    const reaches = save.line >= 1 && save.column >= 1 && save.line <= text.split('\n').length + 1;
    if (!reaches) throw new Error(`no such place: ${save.message}`);
    return 'refused';
  }
  if (serializeSave(save) !== text) throw new Error('the text does not survive');
  for (const table of save.tables) table.rules.forEach(checkRule);
  return 'read';
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom('-', '!', ' ', '"', "'", '\\', '\n', ':', '*', '#', '[', ']', '=', 'A', '0', '\0'),
  }),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => String.fromCharCode(...bytes)),
);

t.test('random bytes as a save', async () => {
  fc.assert(
    fc.property(anyText, (text) => void checkSave(text)),
    { numRuns: 2000 },
  );
});

t.test('random bytes as a rule, a command, and after the start of one', async () => {
  const start = fc.constantFrom(
    '',
    '-A INPUT ',
    'iptables ',
    'sudo ip6tables -t nat -I X 3 ',
    '[1:2] -A Y -m tcp ',
  );
  fc.assert(
    fc.property(start, anyText, (prefix, text) => {
      const rule = attempt(() => parseRule(prefix + text));
      if (!(rule instanceof ParseError)) checkRule(rule);
    }),
    { numRuns: 2000 },
  );
});

t.test('words of real rules in any order', async (t) => {
  const words = [...new Set(lines.flatMap((line) => line.split(' ')))];
  let read = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 12 }), (chosen) => {
      const rule = attempt(() => parseRule(`-A X ${chosen.join(' ')}`));
      if (rule instanceof ParseError) return;
      read++;
      checkRule(rule);
    }),
    { numRuns: 3000 },
  );
  t.ok(read > 20, 'some of them are rules', { read });
});

/** One change to a text: something cut out, doubled, put in or exchanged. */
const change = fc.record({
  at: fc.nat(1_000_000),
  length: fc.nat(40),
  insert: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(...lines, '"', '\\', '!', ' ! ', '\n'),
  ),
});

t.test('mutated saves', async (t) => {
  const seen = { read: 0, refused: 0 };
  fc.assert(
    fc.property(
      fc.constantFrom(...saves),
      fc.nat(400),
      fc.array(change, { minLength: 1, maxLength: 3 }),
      (save, skip, changes) => {
        // A stretch of the save, so that a change meets every place of it often.
        const all = save.split('\n');
        const from = skip % all.length;
        let text = `*filter\n${all
          .slice(from, from + 12)
          .filter((l) => !/^[*#C]/.test(l))
          .join('\n')}\nCOMMIT\n`;
        for (const { at, length, insert } of changes) {
          const position = at % text.length;
          text = text.slice(0, position) + insert + text.slice(position + length);
        }
        seen[checkSave(text)]++;
      },
    ),
    { numRuns: 4000 },
  );
  t.ok(seen.read > 100 && seen.refused > 100, 'both happened', { seen });
});
