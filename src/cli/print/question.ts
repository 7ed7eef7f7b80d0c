import { styleText } from 'node:util';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { inline } from './inline.ts';
import { pad, proseWidth, width } from './width.ts';
import { wrap } from './wrap.ts';

type Prediction = Result<'labs.get'>['steps'][number]['predict'][number];
type Answered = Result<'sessions.get'>['steps'][number]['predictions'][number];

/** A question, its choices, how to answer it, and the answer before. */
export function questionText(prediction: Prediction, before: Answered | null, cli: Cli): string {
  const { id, ask, choices, answer } = prediction;
  const { words, language } = cli;
  const longest = Math.max(0, ...choices.map(({ value }) => width(value)));
  return [
    wrap(inline(ask[language]), proseWidth()).join('\n'),
    ...choices.map(({ value, text }) =>
      `  ${styleText('cyan', pad(value, longest))}  ${inline(text[language])}`.trimEnd(),
    ),
    styleText('dim', words.predict.how(id, choices.length > 0, answer.kind === 'which')),
    ...(before === null
      ? []
      : [styleText('dim', words.predict.before(before.answer.join(' '), before.right))]),
  ].join('\n');
}
