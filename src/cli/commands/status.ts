import { styleText } from 'node:util';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { table } from '../print/table.ts';
import { verdictsText } from '../print/verdict.ts';

type Snapshot = Result<'sessions.get'>;
type StepState = Snapshot['steps'][number];

export async function status(cli: Cli): Promise<undefined> {
  const daemon = await cli.daemon();
  const snapshot = await daemon.call('sessions.get', cli.session);
  cli.print(snapshot, () => statusText(snapshot, cli));
}

function statusText(snapshot: Snapshot, { words, language }: Cli): string {
  // In practice the lab is finished but for the fault; the learner's own marks would point at steps.
  const { practice } = snapshot;
  const rows = snapshot.steps.map((step) => [
    practice ? ' ' : sign(step, snapshot),
    styleText(step.id === snapshot.step ? 'bold' : 'reset', step.id),
    step.title[language],
    [practice ? '' : stateOf(step, words.steps), step.id === snapshot.step ? words.steps.here : '']
      .filter(Boolean)
      .join(', '),
  ]);
  const now = snapshot.steps.find(({ id }) => id === snapshot.step);
  // Why something fails is for the learner to find out.
  const verdicts = practice ? [] : (now?.verdicts ?? []);
  return [
    `${styleText('bold', snapshot.title[language])}  ${styleText('dim', `${snapshot.lab}, ${snapshot.id}`)}`,
    ...(snapshot.machine.state === 'gone' ? [styleText('red', words.sessions.gone)] : []),
    ...(practice ? [words.practice.state[practice.state](practice.seed)] : []),
    '',
    table(rows, words.steps.head),
    ...(verdicts.length > 0 ? ['', verdictsText(verdicts, words, language)] : []),
  ].join('\n');
}

function sign(step: StepState, snapshot: Snapshot): string {
  if (step.broken) return styleText('red', '✗');
  if (step.doneAt !== null) return step.shown ? styleText('yellow', '·') : styleText('green', '✓');
  return step.id === snapshot.step ? '▸' : ' ';
}

function stateOf(step: StepState, words: Cli['words']['steps']): string {
  if (step.broken) return styleText('red', words.broken);
  if (step.shown) return styleText('yellow', words.shown);
  return step.doneAt === null ? words.pending : styleText('green', words.done);
}
