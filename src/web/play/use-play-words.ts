import type { Language } from '../../core/language.ts';
import { play as en, type PlayWords } from '../../words/en/play.ts';
import { play as ko } from '../../words/ko/play.ts';
import { useWords } from '../words/use-words.ts';

const playWords: Record<Language, PlayWords> = { en, ko };

export const usePlayWords = (): PlayWords => playWords[useWords().language];
