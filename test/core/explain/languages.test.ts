import t from 'tap';
import { words } from '../../../src/core/explain/languages.ts';
import { complete, placeholders } from '../../../src/core/explain/template.ts';
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

for (const language of languages)
  t.test(
    `${language}: no alternative of a reason stands behind one that needs no more than it has`,
    async (t) => {
      for (const [reason, ladder] of Object.entries(words[language].reasons))
        for (const [rung, template] of Object.entries(ladder))
          for (const [at, text] of (typeof template === 'string' ? [] : template).entries()) {
            const needed = placeholders(text.replaceAll(/\[[^\]]*\]/g, '')).map((name) => [name, name]);
            const values = { exec: '', routerExec: '', serverExec: '', ...Object.fromEntries(needed) };
            const before = template.slice(0, at).find((one: string) => complete(one, values));
            t.equal(before, undefined, `${reason} ${rung}: ${text}`);
          }
    },
  );
