import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { z } from 'zod';
import { words } from '../../../src/core/explain/languages.ts';
import { problemText } from '../../../src/core/explain/problem-text.ts';
import { placeholders } from '../../../src/core/explain/template.ts';
import { labSchema } from '../../../src/core/lab/schema.ts';
import { trackSchema } from '../../../src/core/lab/track.ts';
import { issuesOf } from '../../../src/core/text/issues.ts';
import { type ProblemCode, readSaid, said } from '../../../src/core/text/said.ts';
import { methods } from '../../../src/protocol/methods.ts';

const codes = Object.keys(words.en.problems) as ProblemCode[];

t.test('every problem has a sentence in both languages, with the same values', (t) => {
  t.strictSame(Object.keys(words.ko.problems).sort(), codes.toSorted());
  t.strictSame(Object.keys(words.ko.types).sort(), Object.keys(words.en.types).sort());
  for (const code of codes) {
    const names = (language: 'en' | 'ko') =>
      [...new Set(placeholders(words[language].problems[code]))].toSorted();
    t.strictSame(names('ko'), names('en'), code);
    const korean = [words.ko.problems[code]].flat().join(' ');
    t.match(korean, /[가-힣]{2}/, code);
    t.notMatch(korean.replace(/`[^`]*`/g, ''), /[a-z]{2,} [a-z]{2,} [a-z]{2,} [a-z]{2,}/, code);
  }
  t.end();
});

t.test('every problem can arise', (t) => {
  const root = join(import.meta.dirname, '../../../src');
  const sources = globSync('{*.ts,{core,library,protocol,session,kernel,api}/**/*.ts}', { cwd: root })
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
  t.strictSame(
    codes.filter((code) => !sources.includes(`'${code}'`)),
    [],
  );
  t.end();
});

t.test('types of values are named in the language', (t) => {
  const wrong = said('wrong-type', { wanted: 'list', found: 'text', value: 'veth' });
  t.equal(problemText(wrong, 'en'), 'expected a list (`- ITEM`), found a text: veth');
  t.equal(problemText(wrong, 'ko'), '목록(`- 항목`) 자리에 글 `veth`가 있습니다');
  t.end();
});

t.test('of a union that one key decides, the values of that key are named', (t) => {
  const probe = z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('icmp') }),
    z.strictObject({ kind: z.literal('tcp'), port: z.int() }),
  ]);
  const sentences = (given: unknown) => {
    const { error } = probe.safeParse(given);
    return error === undefined ? [] : issuesOf(error, probe, given).map((issue) => problemText(issue, 'en'));
  };
  t.strictSame(sentences({ kind: 'icpm' }), ['expected one of icmp, tcp, not icpm; did you mean icmp?']);
  t.strictSame(sentences({}), ['expected one of icmp, tcp']);
  t.strictSame(sentences({ kind: 'tcp', port: 'x' }), ['expected a number, found a text: x']);
  t.end();
});

/** The sentences that a schema gives for its own errors, of it and of all that is in it. */
function sentencesOf(value: unknown, seen = new Set<unknown>()): string[] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const definition = Reflect.get(Reflect.get(value, '_zod') ?? {}, 'def');
  if (definition !== undefined) return sentencesOf(definition, seen);
  const own = Reflect.get(value, 'error');
  const sentences = typeof own === 'function' ? [own({ input: 'x', code: 'custom' })] : [];
  const inside = value instanceof Map ? [...value.values()] : Object.values(value);
  return [...sentences, ...inside.flatMap((part) => sentencesOf(part, seen))].filter(
    (sentence) => typeof sentence === 'string',
  );
}

t.test('no schema says an error in one language only', (t) => {
  const found = sentencesOf([labSchema, trackSchema, ...methods.map(({ params }) => params)]);
  t.ok(found.length > 50, `${found.length} sentences`);
  t.strictSame(
    found.filter((sentence) => readSaid(sentence) === null),
    [],
  );
  t.equal(sentencesOf(z.array(z.string().regex(/a/, 'plain words')))[0], 'plain words', 'they are found');
  t.end();
});
