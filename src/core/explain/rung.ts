import { blank } from '../cure/blanks.ts';
import { inEachLanguage, type Language, type Text } from '../language.ts';
import type { CureLine, Verdict } from '../verdict/verdict.ts';
import { cure, explain } from './explain.ts';
import { words } from './languages.ts';
import { looks } from './looks.ts';
import { waysIn } from './proved.ts';
import { fill } from './template.ts';

/**
 * The text of a rung of the ladder: the fault, where to look, the idea, and the commands, each line with the
 * node whose shell it is typed in. A learner who looks for a hidden fault gets the place before the fault.
 */
export function rungOf(verdict: Verdict, rung: 1 | 2 | 3 | 4, practice = false): Text {
  const text = (language: Language) => {
    const { what, where, idea } = explain(verdict, language);
    const first = practice ? [placed(where, verdict), what] : [what, where];
    return [...first, idea, typed(verdict, language)][rung - 1] ?? '';
  };
  return inEachLanguage(text);
}

/** Where to look begins with the node: a command alone does not say where it is typed. */
const placed = (where: string, { node }: Verdict) => (node === null ? where : `${node}: ${where}`);

/**
 * Lines `NODE # COMMAND`; over each way, behind a `#`, whether it is typed to cure, with words to be filled in, or only shows something. Where
 * nothing is typed, the last line says where the right ones stand.
 */
function typed(verdict: Verdict, language: Language): string {
  const { type, look, or, blanks, compare } = words[language].cureHeads;
  const ways = waysIn(cure(verdict));
  const shows = (way: readonly CureLine[]) => way.some(({ run }) => looks(run, verdict.reason));
  const open = (way: readonly CureLine[]) => way.some(({ run }) => blank.test(run));
  const head = (way: readonly CureLine[], choice: number) =>
    shows(way) ? look : `${choice > 0 ? or : type}${open(way) ? ` ${blanks}` : ''}`;
  const lines = ways.flatMap((way, choice) => [
    `# ${head(way, choice)}`,
    ...way.map(({ on, run }) => `${on} # ${run}`),
  ]);
  return [...lines, ...(ways.every(shows) ? [`# ${fill(compare, { step: verdict.step })}`] : [])].join('\n');
}
