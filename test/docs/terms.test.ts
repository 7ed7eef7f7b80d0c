import t from 'tap';
import { words } from '../../src/core/explain/languages.ts';
import { statuses } from '../../src/core/verdict/verdict.ts';
import { pageWords } from '../../src/web/words/page-words.ts';
import { words as commandLine } from '../../src/words/en/cli.ts';
import { words as koreanCommandLine } from '../../src/words/ko/cli.ts';

/** The style sheet of CONTRIBUTING.md, where a term can be told from its use. */
const names = {
  en: {
    pass: 'PASS',
    fail: 'FAIL',
    'not-yet': 'NOT YET',
    blocked: 'BLOCKED',
    'could-not-check': 'NOT CHECKED',
  },
  ko: { pass: '통과', fail: '실패', 'not-yet': '아직', blocked: '막힘', 'could-not-check': '확인 불가' },
};

t.test('statuses have one name each, on the page and in the command line', async (t) => {
  for (const status of statuses) {
    t.equal(pageWords.en.checks.status[status], names.en[status], status);
    t.equal(pageWords.ko.checks.status[status], names.ko[status], status);
    t.equal(commandLine.status[status], names.en[status], status);
    t.equal(koreanCommandLine.status[status], names.ko[status], status);
  }
});

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

t.test('no "somebody" for a host, client or server', async (t) => {
  const all = [words.en, pageWords.en, commandLine].flatMap(texts);
  t.ok(all.length > 500, 'the words are read');
  t.strictSame(
    all.filter((text) => /\b(somebody|someone|whoever)\b/i.test(text)),
    [],
  );
});

t.test('Korean is in one register', async (t) => {
  const all = [words.ko, pageWords.ko, koreanCommandLine].flatMap(texts);
  t.ok(all.length > 500, 'the words are read');
  t.strictSame(
    all.filter((text) => /(해요|어요|아요|예요|네요|십시오)[.!?]?$/u.test(text)),
    [],
  );
});
