import { readFile } from 'node:fs/promises';
import t from 'tap';
import { parse } from 'yaml';
import { isCheckKind, kindOf } from '../../src/core/check/check.ts';
import { kinds } from '../../src/core/check/kinds/index.ts';
import { reasonExamples } from '../../src/core/text/reason-examples.ts';
import { reasons } from '../../src/core/verdict/reasons.ts';
import { reasons as english } from '../../src/words/en/reasons.ts';
import { reasons as korean } from '../../src/words/ko/reasons.ts';

const readme = await readFile(new URL('../../labs/README.md', import.meta.url), 'utf8');

t.test('labs/README.md has every reason: when it is given, and a check that gives it', async (t) => {
  const rows = reasons.map((name) => `| \`${name}\` | ${english[name]} | \`${reasonExamples[name]}\` |`);
  for (const row of rows) t.ok(readme.includes(`${row}\n`), row);
});

t.test('every example is a check as lab.yaml takes it', async (t) => {
  for (const [name, example] of Object.entries(reasonExamples)) {
    const [[kind, given] = ['', null]] = Object.entries(parse(example));
    if (!isCheckKind(kind)) {
      t.fail(`${name}: ${kind} is no kind`);
      continue;
    }
    t.ok(kindOf(kind));
    t.ok(kinds[kind].schema.safeParse(given).success, `${name}: ${example}`);
  }
});

t.test('every reason has its sentence in Korean', async (t) => {
  for (const name of reasons) t.match(korean[name], /[가-힣].*(다|\))$/, name);
});
