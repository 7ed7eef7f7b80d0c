import t from 'tap';
import { words } from '../../../src/core/explain/languages.ts';
import { placeholders } from '../../../src/core/explain/template.ts';
import { languages, sourceLanguage } from '../../../src/core/language.ts';

/** Every text of a language by its path; functions are called with values elsewhere. */
function texts(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => texts(part, `${path}/${key}`));
}

const source = texts(words[sourceLanguage]);

for (const language of languages.filter((each) => each !== sourceLanguage)) {
  t.test(`${language} has a text for each English one, about the same values`, async (t) => {
    const own = new Map(texts(words[language]));
    t.strictSame([...own.keys()].sort(), source.map(([path]) => path).sort());
    for (const [path, text] of source)
      t.strictSame(
        [...new Set(placeholders(own.get(path) ?? ''))].sort(),
        [...new Set(placeholders(text))].sort(),
        path,
      );
  });
}
