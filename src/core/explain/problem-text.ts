import { inEachLanguage, type Language } from '../language.ts';
import type { Said } from '../text/said.ts';
import { phrase, words } from './languages.ts';

/** The sentence of a problem. Kinds of values are named in the language, all other values stand as they are. */
export function problemText({ code, values }: Said, language: Language): string {
  const own = words[language];
  const named = Object.fromEntries(
    typed.flatMap((key) => (values[key] ? [[key, own.types[values[key]] ?? values[key]] as const] : [])),
  );
  return phrase(own, own.problems[code], { ...values, ...named });
}

const typed = ['wanted', 'orWanted', 'found'];

export const inWords = (said: Said): Record<Language, string> =>
  inEachLanguage((language) => problemText(said, language));
