import { styleText } from 'node:util';
import { folded, wordsOf } from '../../core/text/query.ts';
import type { Cli } from '../cli.ts';
import { loadGlossary } from '../language.ts';
import { inline } from '../print/inline.ts';
import { proseWidth } from '../print/width.ts';
import { wrap } from '../print/wrap.ts';

/** Labs and steps that have all the words, and the terms named by them. */
export async function search(cli: Cli, given: string[]): Promise<undefined> {
  const [query, { language }] = [given.join(' '), cli];
  const daemon = await cli.daemon();
  const [found, glossary] = await Promise.all([
    daemon.call('labs.search', { query, language }),
    loadGlossary(language),
  ]);
  const words = wordsOf(query);
  const terms = Object.values(glossary).filter(({ names }) =>
    names.some((name) => words.every((word) => folded(name).includes(word))),
  );
  const indented = (text: string) => wrap(text, proseWidth() - 4).map((line) => `    ${line}`);
  const { places, all } = found;
  cli.print({ ...found, terms }, () =>
    [
      ...terms.flatMap(({ names: [name = ''], meaning }) => [
        styleText('bold', name),
        ...indented(inline(meaning)),
      ]),
      ...places.flatMap(({ lab, step, title, excerpt }) => [
        `${styleText('green', step === null ? lab : `${lab}/${step}`)}  ${styleText('bold', title)}`,
        ...indented(excerpt),
      ]),
      ...(all > places.length ? [cli.words.search.more(all - places.length)] : []),
      ...(all + terms.length === 0 ? [cli.words.search.none] : []),
    ].join('\n'),
  );
}
