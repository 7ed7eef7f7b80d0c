import type { Language } from '../../core/language.ts';
import { en, type Words } from '../../words/en/page.ts';
import { ko } from '../../words/ko/page.ts';

export const pageWords: Record<Language, Words> = { en, ko };

/** Apart from the other words: nothing of the page waits for them. */
export const glossaries: Record<Language, () => Promise<Record<string, string>>> = {
  en: async () => (await import('../../words/en/reasons.ts')).glossary,
  ko: async () => (await import('../../words/ko/reasons.ts')).glossary,
};
