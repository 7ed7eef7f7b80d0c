import type { Language } from '../../core/language.ts';
import { en, type Words } from '../../words/en/page.ts';
import { ko } from '../../words/ko/page.ts';
import { settings } from '../settings/settings.ts';
import { useStore } from '../state/store.ts';

const languages: Record<Language, Words> = { en, ko };

/** The words of the chosen language; a change of language is a change of words and of nothing else. */
export function useWords(): { words: Words; language: Language } {
  const { language } = useStore(settings);
  return { words: languages[language], language };
}

/** For what is no component: notes in a terminal, for one. */
export function wordsNow(): Words {
  return languages[settings.get().language];
}
