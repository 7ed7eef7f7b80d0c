import { styleText } from 'node:util';
import { suggestion } from '../../core/text/nearest.ts';
import { HoplabError } from '../../protocol/errors.ts';
import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { ask } from '../print/ask.ts';
import { resultText } from '../print/prediction.ts';
import { questionText } from '../print/question.ts';

type Session = Result<'sessions.get'>;
type Step = Result<'labs.get'>['steps'][number];
type Prediction = Step['predict'][number];
interface Question {
  step: Step;
  prediction: Prediction;
}

const exitCodes = { right: 0, wrong: 1, 'too-early': 2, 'too-late': 2, undecided: 2 } as const;

/** Without an answer prints the questions; on a terminal asks the named one. */
export async function predict(
  cli: Cli,
  id: string | undefined,
  given: string[],
  { step: named }: { step?: string },
): Promise<number> {
  const daemon = await cli.daemon();
  const session = await daemon.call('sessions.get', cli.session);
  const lab = await daemon.call('labs.get', { lab: session.lab });
  const here = stepIn(lab.steps, named ?? session.step);
  // Passing a step leads on, and a question of it may still wait for its answer.
  const passed = named === undefined ? lab.steps.slice(0, lab.steps.indexOf(here)).reverse() : [];
  const met = [here, ...passed].flatMap((step) => step.predict.map((prediction) => ({ step, prediction })));
  const asked =
    id === undefined
      ? met.filter((each) => each.step === here || answered(each, session) === null)
      : [questionIn(met, here, id, lab.steps)];
  const [first] = asked;
  const answer = given.length > 0 || id === undefined || !first ? given : await ask(first.prediction, cli);
  if (id === undefined || first === undefined || answer.length === 0) {
    cli.print({ step: here.id, predictions: asked.map((each) => printQuestion(each, session)) }, () =>
      asked.length === 0
        ? cli.words.predict.none
        : asked.map((each) => text(each, here, session, cli)).join('\n\n'),
    );
    return 0;
  }
  const result = await daemon.call('predictions.answer', {
    ...{ session: session.id, step: first.step.id, prediction: id, answer },
  });
  cli.print(result, () => resultText(result, cli));
  return exitCodes[result.outcome];
}

function answered({ step, prediction: { id } }: Question, { steps }: Session) {
  const state = steps.find((each) => each.id === step.id);
  return state?.predictions.find(({ prediction }) => prediction === id) ?? null;
}

function printQuestion(question: Question, session: Session) {
  const { id, ask, choices, answer } = question.prediction;
  const several = answer.kind === 'which';
  return { step: question.step.id, id, ask, choices, several, answered: answered(question, session) };
}

function text(question: Question, here: Step, session: Session, cli: Cli): string {
  const { step, prediction } = question;
  const { words } = cli;
  const first = isPassed(question.step, session) ? [] : missing(question, session);
  return [
    ...(step === here ? [] : [styleText('dim', words.predict.ofStep(step.id))]),
    questionText(prediction, answered(question, session), cli),
    ...(first.length === 0 ? [] : [styleText('dim', words.predict.after(first))]),
  ].join('\n');
}

/** A verdict of a step that was passed may be from before it was done, or not be there at all. */
function isPassed({ id }: Step, { step, steps }: Session): boolean {
  const place = (one: string) => steps.findIndex((each) => each.id === one);
  return place(id) < place(step);
}

/** The checks that come before the question and have not passed yet, by their last verdicts. */
function missing({ step, prediction }: Question, { steps }: Session): string[] {
  const verdicts = steps.find((each) => each.id === step.id)?.verdicts ?? [];
  return prediction.after.filter((check) => verdicts.find((each) => each.check === check)?.status !== 'pass');
}

function stepIn(steps: Step[], id: string): Step {
  const found = steps.find((each) => each.id === id);
  if (found) return found;
  const known = steps.map((each) => each.id);
  throw new HoplabError('step-not-found', `no step ${id}${suggestion(id, known)}`, { step: id, known });
}

function questionIn(met: Question[], here: Step, id: string, all: Step[]): Question {
  const found = met.find(({ prediction }) => prediction.id === id);
  if (found) return found;
  const later = all.find(({ predict }) => predict.some((each) => each.id === id));
  if (later !== undefined) {
    const text = `${id} is a question of step ${later.id}; hoplab predict --step ${later.id} ${id}`;
    throw new HoplabError('prediction-not-found', text, { step: here.id, prediction: id, later: later.id });
  }
  const known = met.map(({ prediction }) => prediction.id);
  throw new HoplabError('prediction-not-found', `step ${here.id} asks no ${id}${suggestion(id, known)}`, {
    ...{ step: here.id, prediction: id, known },
  });
}
