import type { Language } from '../../protocol/language.ts';
import { settings } from '../settings/settings.ts';
import { useStore } from '../state/store.ts';
import { en, type Words } from './en.ts';
import { ko } from './ko.ts';

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
