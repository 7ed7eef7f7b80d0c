import { languages } from '../language.ts';
import { type Said, said } from '../text/said.ts';

type Path = (string | number)[];

/** Words of a lab file that are there in some languages only: objects whose every key is a language. */
export function untranslatedTexts(value: unknown, path: Path = []): { path: Path; said: Said }[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys = Object.keys(value);
  const known: readonly string[] = languages;
  if (!Array.isArray(value) && keys.length > 0 && keys.every((key) => known.includes(key)))
    return languages
      .filter((language) => !keys.includes(language))
      .map((language) => ({
        path,
        said: said('language-missing', { language, shown: keys.join(', ') }),
      }));
  return Object.entries(value).flatMap(([key, part]) =>
    untranslatedTexts(part, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
