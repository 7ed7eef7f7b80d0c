import type { Language } from '../../core/language.ts';
import { en, type Words } from '../../words/en/page.ts';
import { ko } from '../../words/ko/page.ts';

export const pageWords: Record<Language, Words> = { en, ko };
