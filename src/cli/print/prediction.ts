import { styleText } from 'node:util';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { inline } from './inline.ts';
import { proseWidth } from './width.ts';
import { wrap } from './wrap.ts';

const colours = {
  right: 'green',
  wrong: 'yellow',
  'too-early': 'magenta',
  'too-late': 'magenta',
  undecided: 'magenta',
} as const;

/** The machine's reply to an answer, the reason, and the evidence. */
export function resultText(
  { outcome, message, why, evidence }: Result<'predictions.answer'>,
  cli: Cli,
): string {
  const { words, language } = cli;
  const wrapped = (text: string) => wrap(inline(text), proseWidth()).join('\n');
  return [
    styleText(colours[outcome], wrapped(message[language])),
    ...(why === null ? [] : why[language].split('\n').map(wrapped)),
    ...evidence.flatMap(({ on, command, output }) => [
      `  ${styleText('dim', words.verdict.saw(on))}  ${styleText('cyan', command)}`,
      ...output
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => `    ${styleText('dim', line)}`),
    ]),
    // From now on `hoplab show` prints the text behind the question.
    ...(outcome === 'right' || outcome === 'wrong' ? [styleText('dim', words.predict.next)] : []),
  ].join('\n');
}
