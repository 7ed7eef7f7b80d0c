import { styleText } from 'node:util';
import type { Language } from '../../core/language.ts';
import type { ExplainedVerdict } from '../../protocol/values/verdict.ts';
import type { Words } from '../../words/en/cli.ts';
import { hanging } from './hanging.ts';
import { inline } from './inline.ts';
import { pad, proseWidth, width } from './width.ts';

const colours = {
  pass: 'green',
  fail: 'red',
  'not-yet': 'yellow',
  blocked: 'yellow',
  'could-not-check': 'magenta',
} as const;

/** Whether this text appears for the first time. */
type News = (about: string, text: string) => boolean;

/**
 * A line for each verdict; a failed one also has the expected and the observed state, why it matters and
 * where to look. If one cause fails many checks, its explanation appears once.
 */
export function verdictsText(verdicts: ExplainedVerdict[], words: Words, language: Language): string {
  const names = Math.max(...verdicts.map(({ step, check }) => width(`${step}/${check}`)));
  const lines = new Set<string>();
  const news: News = (about, text) => {
    const key = `${about}\n${text}`;
    if (lines.has(key)) return false;
    lines.add(key);
    return true;
  };
  return verdicts
    .flatMap((verdict) => {
      const line = `${mark(verdict.status, words)}  ${verdict.step}/${verdict.check}`;
      const explanation = verdict.words[language];
      if (verdict.status === 'pass') return [line];
      if (verdict.status === 'blocked' || verdict.status === 'not-yet') {
        const start = pad(line, width(mark(verdict.status, words)) + 2 + names);
        return [`${start}  ${inline(explanation.message)}`];
      }
      return [line, ...details(verdict, explanation, words, news)];
    })
    .join('\n');
}

/** One line for a verdict, with the observed state if it fails. */
export function verdictLine(verdict: ExplainedVerdict, words: Words, language: Language): string {
  const line = `${mark(verdict.status, words)}  ${verdict.step}/${verdict.check}`;
  return verdict.status === 'pass' ? line : `${line}  ${inline(verdict.words[language].message)}`;
}

/** The verdict as a word, padded to the longest one: colour only repeats it. */
function mark(status: ExplainedVerdict['status'], { status: words }: Words): string {
  const longest = Math.max(...Object.values(words).map(width));
  return styleText(colours[status], pad(words[status], longest));
}

function details(
  { evidence }: ExplainedVerdict,
  wording: ExplainedVerdict['words']['en'],
  { verdict: words }: Words,
  news: News,
): string[] {
  const isNew = news('reason', wording.message);
  const seen = evidence.filter(({ on, command, output }) => news(on, `${command}\n${output}`));
  const rows: [string, string][] = [
    [words.expected, wording.expected],
    [words.observed, wording.observed || wording.message],
    [words.why, isNew ? wording.why : ''],
    [words.where, isNew ? wording.where : ''],
  ];
  const labels = [...rows.map(([name]) => name), ...seen.map(({ on }) => words.saw(on))];
  const longest = Math.max(...labels.map(width));
  const label = (name: string) => `    ${styleText('dim', pad(name, longest))}  `;
  return [
    ...rows
      .filter(([, value]) => value !== '')
      .flatMap(([name, value]) => hanging(label(name), inline(value), proseWidth())),
    ...seen.flatMap(({ on, command, output }) => [
      label(words.saw(on)) + styleText('cyan', command),
      ...output
        .split('\n')
        .filter((each) => each.trim() !== '')
        .map((each) => `${' '.repeat(longest + 6)}${styleText('dim', each)}`),
    ]),
  ];
}
