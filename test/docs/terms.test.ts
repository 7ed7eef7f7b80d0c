import t from 'tap';
import { words } from '../../src/core/explain/languages.ts';
import { statuses } from '../../src/core/verdict/verdict.ts';
import { pageWords } from '../../src/web/words/page-words.ts';
import { words as commandLine } from '../../src/words/en/cli.ts';
import { words as koreanCommandLine } from '../../src/words/ko/cli.ts';

/** The style sheet of CONTRIBUTING.md, for terms whose use a pattern can recognise. */
const names = {
  en: {
    pass: 'PASS',
    fail: 'FAIL',
    'not-yet': 'NOT YET',
    blocked: 'BLOCKED',
    'could-not-check': 'NOT CHECKED',
  },
  ko: { pass: '통과', fail: '실패', 'not-yet': '아직', blocked: '대기', 'could-not-check': '확인 불가' },
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
  if (typeof value === 'function') return literals(String(value));
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** The text between a function's values. */
function literals(source: string): string[] {
  const found = source.matchAll(/'((?:\\.|[^'\\\n])*)'|`((?:\\.|[^`\\])*)`/g);
  return [...found]
    .map(([, plain, template]) =>
      (plain ?? template ?? '').replace(/\$\{[^}]*\}/g, ' ').replaceAll('\\`', '`'),
    )
    .filter((text) => text.includes(' '));
}

t.test('no "somebody" for a host, client or server', async (t) => {
  const all = [words.en, pageWords.en, commandLine].flatMap(texts);
  t.ok(all.length > 500, 'the words are read');
  t.strictSame(
    all.filter((text) => /\b(somebody|someone|whoever)\b/i.test(text)),
    [],
  );
});

/** Terms of CONTRIBUTING.md, and what stands in their place nowhere: outside of code, in what people read. */
const terms: [term: string, language: 'en' | 'ko', instead: RegExp][] = [
  ['interface', 'en', /(?<![-\w])links?\b(?!-)|\bdevices?\b/i],
  ['bridge', 'en', /\bswitch(es)?\b/i],
  ['fault', 'en', /\b(mistakes?|slips?)\b/i],
  ['VM', 'en', /\b(this|your) computer\b|\bthis machine lacks\b/i],
  ['고장', 'ko', /실수/u],
  ['인터페이스', 'ko', /링크(?! 로컬)|장치|디바이스/u],
  ['브리지', 'ko', /스위치/u],
  ['응답', 'ko', /대답/u],
  ['VM', 'ko', /기기|컴퓨터/u],
];
for (const [term, language, instead] of terms) {
  t.test(`${term}: one term in every message`, async (t) => {
    const page = pageWords[language];
    // An address that a browser follows is a link.
    const all = [
      words[language],
      { ...page, door: null },
      language === 'en' ? commandLine : koreanCommandLine,
    ];
    const prose = all.flatMap(texts).map((text) => text.replace(/`[^`]*`|\{\w+\}/g, ''));
    t.ok(prose.length > 500, 'the words are read');
    t.strictSame(
      prose.filter((text) => instead.test(text)),
      [],
    );
  });
}

t.test('Korean is in one register', async (t) => {
  const all = [words.ko, pageWords.ko, koreanCommandLine].flatMap(texts);
  t.ok(all.length > 500, 'the words are read');
  t.strictSame(
    all.filter((text) => /(해요|어요|아요|예요|네요|십시오)[.!?]?$/u.test(text)),
    [],
  );
});
