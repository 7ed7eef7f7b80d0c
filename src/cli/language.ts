import { type Language, languages } from '../core/language.ts';
import { type Glossary, readGlossary } from '../core/text/glossary.ts';
import type { Words } from '../words/en/cli.ts';
import type { Words as PageWords } from '../words/en/page.ts';

/**
 * The language of a command line: `--lang`, else HOPLAB_LANG, else the locale's, else English.
 * Read before the options are parsed, for the parser's own words to be in it.
 */
export function chooseLanguage(argv: string[], env: NodeJS.ProcessEnv): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG;
  const wanted = [optionLang(argv), env.HOPLAB_LANG, locale?.slice(0, 2)];
  return languages.find((language) => language === wanted.find(Boolean)) ?? 'en';
}

function optionLang(argv: string[]): string | undefined {
  const own = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  const joined = own.find((word) => word.startsWith('--lang='));
  if (joined) return joined.slice('--lang='.length);
  const place = own.indexOf('--lang');
  return place < 0 ? undefined : own[place + 1];
}

const reasons = {
  en: () => import('../words/en/reasons.ts'),
  ko: () => import('../words/ko/reasons.ts'),
} satisfies Record<Language, unknown>;

const modules: Record<Language, () => Promise<{ words: Words }>> = {
  en: () => import('../words/en/cli.ts'),
  ko: () => import('../words/ko/cli.ts'),
};

/** Only the words of one language are loaded. */
export async function loadWords(language: Language): Promise<Words> {
  const { words } = await modules[language]();
  return words;
}

/** The page's, for what is drawn as the page draws it. */
const pages: Record<Language, () => Promise<PageWords>> = {
  en: async () => (await import('../words/en/page.ts')).en,
  ko: async () => (await import('../words/ko/page.ts')).ko,
};

export const loadPageWords = (language: Language): Promise<PageWords> => pages[language]();

export async function loadGlossary(language: Language): Promise<Glossary> {
  return readGlossary((await reasons[language]()).glossary);
}

/** When each reason of a verdict is given. */
export async function loadReasons(language: Language) {
  return (await reasons[language]()).reasons;
}
