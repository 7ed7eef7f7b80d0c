import { english } from '../../words/en/verdicts.ts';
import { korean } from '../../words/ko/verdicts.ts';
import type { Language } from '../language.ts';
import type { Values } from '../verdict/verdict.ts';
import { fill, type Template } from './template.ts';
import type { Words } from './words.ts';

export const words: Record<Language, Words> = { en: english, ko: korean };

/** A template filled in, as the language writes it. */
export function phrase({ finish }: Words, template: Template, values: Values): string {
  return finish(fill(template, values));
}
