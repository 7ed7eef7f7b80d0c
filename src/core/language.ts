export const languages = ['en', 'ko'] as const;
export type Language = (typeof languages)[number];

/** The same words in every language hoplab speaks. */
export type Text = Record<Language, string>;
