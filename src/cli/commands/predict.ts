import { suggestion } from '../../core/text/nearest.ts';
import { HoplabError } from '../../protocol/errors.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { ask } from '../print/ask.ts';
import { resultText } from '../print/prediction.ts';
import { questionText } from '../print/question.ts';

type Session = Result<'sessions.get'>;
type Step = Result<'labs.get'>['steps'][number];

const exitCodes = { right: 0, wrong: 1, 'too-early': 2, 'too-late': 2, undecided: 2 } as const;

/** Without an answer the questions are shown; on a terminal the one named is asked. */
export async function predict(
  cli: Cli,
  id: string | undefined,
  given: string[],
  { step: named }: { step?: string },
): Promise<number> {
  const daemon = await cli.daemon();
  const session = await daemon.call('sessions.get', cli.session);
  const lab = await daemon.call('labs.get', { lab: session.lab });
  const step = stepIn(lab.steps, named ?? session.step);
  const asked = id === undefined ? step.predict : [predictionIn(step, id)];
  const answer = given.length > 0 || id === undefined ? given : await ask(asked, cli);
  if (id === undefined || answer.length === 0) {
    cli.print({ step: step.id, predictions: asked.map((each) => shown(each, step, session)) }, () =>
      asked.length === 0
        ? cli.words.predict.none
        : asked.map((each) => questionText(each, answered(each.id, step, session), cli)).join('\n\n'),
    );
    return 0;
  }
  const told = await daemon.call('predictions.answer', {
    ...{ session: session.id, step: step.id, prediction: id, answer },
  });
  cli.print(told, () => resultText(told, cli));
  return exitCodes[told.outcome];
}

type Prediction = Step['predict'][number];

function answered(id: string, step: Step, { steps }: Session) {
  const state = steps.find((each) => each.id === step.id);
  return state?.predictions.find(({ prediction }) => prediction === id) ?? null;
}

function shown({ id, ask: question, choices, answer }: Prediction, step: Step, session: Session) {
  const several = answer.kind === 'which';
  return { id, ask: question, choices, several, answered: answered(id, step, session) };
}

function stepIn(steps: Step[], id: string): Step {
  const found = steps.find((each) => each.id === id);
  if (found) return found;
  const known = steps.map((each) => each.id);
  throw new HoplabError('step-not-found', `no step ${id}${suggestion(id, known)}`, { step: id, known });
}

function predictionIn(step: Step, id: string): Prediction {
  const found = step.predict.find((each) => each.id === id);
  if (found) return found;
  const known = step.predict.map((each) => each.id);
  throw new HoplabError('prediction-not-found', `step ${step.id} asks no ${id}${suggestion(id, known)}`, {
    prediction: id,
    known,
  });
}
