export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** Prose is written in this one first; the others are translations of it. */
export const sourceLanguage: Language = 'en';

/** The same words in every language hoplab speaks. */
export type Text = Record<Language, string>;

export function inEachLanguage<T>(make: (language: Language) => T): Record<Language, T> {
  return { en: make('en'), ko: make('ko') };
}

/** A name that no language changes. */
export const untranslated = (name: string): Text => inEachLanguage(() => name);

export function nextLanguage(language: Language): Language {
  return languages[(languages.indexOf(language) + 1) % languages.length] ?? sourceLanguage;
}
