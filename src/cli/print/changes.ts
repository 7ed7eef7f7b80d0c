import { styleText } from 'node:util';
import type { Language } from '../../core/language.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Words } from '../../words/en/cli.ts';

type Snapshot = Result<'sessions.get'>;
type Differences = Result<'sessions.preview'>['differences'];

/** Of a long list the beginning is enough. */
const limit = 12;

/** The lost and the gained state, in lists of things as one would type them. */
export function changesText(
  differences: Differences,
  { changes }: Words,
  [lost, gained]: [lost: string, gained: string],
): string[] {
  if (differences.length === 0) return [changes.none];
  return [...group('lost', lost, 'red', '−'), ...group('gained', gained, 'green', '+')];

  function group(change: 'lost' | 'gained', title: string, colour: 'red' | 'green', sign: string): string[] {
    const own = differences.filter((each) => each.change === change);
    if (own.length === 0) return [];
    const kinds = [...new Set(own.map(({ kind }) => kind))];
    const sum = kinds.map((kind) => changes.kinds[kind](own.filter((each) => each.kind === kind).length));
    return [
      `${styleText('bold', title)} ${sum.join(', ')}`,
      ...own
        .slice(0, limit)
        .map(
          ({ node, kind, text }) =>
            `  ${styleText(colour, sign)} ${kind === 'node' ? '' : `${styleText('bold', node)}  `}${text}`,
        ),
      ...(own.length > limit ? [changes.more(own.length - limit)] : []),
    ];
  }
}

/** The step the learner goes to, if it is another one. */
export function moveText({ step: here, steps }: Snapshot, to: string, words: Words, language: Language) {
  if (here === to) return [];
  const place = (id: string) => {
    const index = steps.findIndex((each) => each.id === id);
    return words.changes.step(index + 1, steps[index]?.title[language] ?? id);
  };
  return [words.changes.moves(place(here), place(to))];
}
