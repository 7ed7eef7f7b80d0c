import type { Language } from '../../core/language.ts';
import type { Words } from '../../words/en/page.ts';
import { settings } from '../settings/settings.ts';
import { useStore } from '../store/store.ts';
import { pageWords } from './page-words.ts';

/** The words of the chosen language; a change of language is a change of words and of nothing else. */
export function useWords(): { words: Words; language: Language } {
  const { language } = useStore(settings);
  return { words: pageWords[language], language };
}

/** For code outside components: notes in a terminal, for one. */
export function wordsNow(): Words {
  return pageWords[settings.get().language];
}
