import { styleText } from 'node:util';
import type { Language } from '../../core/language.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { table } from '../print/table.ts';
import { proseWidth } from '../print/width.ts';
import { wrap } from '../print/wrap.ts';

type Labs = Result<'labs.list'>;
type Entry = Labs['labs'][number];

export async function labs(cli: Cli): Promise<undefined> {
  const daemon = await cli.daemon();
  const result = await daemon.call('labs.list', {});
  cli.print(result, () =>
    [
      result.labs.length === 0 ? cli.words.labs.none : labsText(result, cli),
      ...(result.broken.length === 0 ? [] : ['', brokenText(result, cli)]),
    ].join('\n'),
  );
}

/** Track by track, in the order they are learnt in; columns stand under each other over all of them. */
function labsText({ tracks, labs: all }: Labs, { words, language }: Cli): string {
  const rows = all.map((lab) => row(lab, all, words.labs.of(lab.done.length, lab.steps.length), language));
  const lines = table(rows, words.labs.head).split('\n');
  const indent = (line: string | undefined) => `  ${line ?? ''}`;
  const dim = (line: string) => styleText('dim', line);
  return [
    indent(lines[0]),
    ...tracks.flatMap((track) => [
      styleText('bold', track.title[language]),
      ...(track.after === null ? [] : wrap(track.after[language], proseWidth()).map(dim)),
      ...all.flatMap((lab, index) => (lab.track === track.id ? [indent(lines[index + 1])] : [])),
    ]),
  ].join('\n');
}

/** The labs that are missing from the list, with the reason, for their author. */
function brokenText({ broken }: Labs, { words, language }: Cli): string {
  return [
    styleText(['bold', 'red'], words.labs.broken),
    ...broken.flatMap(({ id, directory, problems }) => [
      `  ${id === null ? '' : `${styleText('bold', id)}  `}${styleText('dim', words.labs.lint(directory))}`,
      ...problems
        .filter(({ severity }) => severity === 'error')
        .slice(0, 3)
        .map((problem) => `    ${problemText(problem, language)}`),
    ]),
  ].join('\n');
}

function problemText(problem: Labs['broken'][number]['problems'][number], language: Language) {
  const { file, line, column, field, words } = problem;
  const place = [file, line, column].filter((part) => part !== null).join(':');
  return `${place}: ${field === null ? '' : `${field}: `}${words[language]}`;
}

function row(lab: Entry, all: Entry[], done: string, language: Language): string[] {
  const undone = lab.prerequisites.filter((id) => !isDone(all.find((each) => each.id === id)));
  const name = isDone(lab) ? styleText('green', lab.id) : lab.id;
  return [name, lab.title[language], done, `${lab.minutes}`, undone.join(' '), lab.missing.join(' ')];
}

/** A missing lab keeps no other from beginning. */
export const isDone = (lab: Entry | undefined): boolean => !lab || lab.done.length === lab.steps.length;
