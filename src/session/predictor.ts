import { tracedProbe } from '../core/check/trace-args.ts';
import { tracedPath } from '../core/diagnose/trace/trace.ts';
import { HoplabError } from '../core/errors.ts';
import type { Lab, Step } from '../core/lab/lab.ts';
import type { Machine } from '../core/ports.ts';
import { stepAsking } from '../core/predict/asking.ts';
import { readAnswer } from '../core/predict/compare.ts';
import { checksOf, conditionsOf } from '../core/predict/conditions.ts';
import type { Prediction } from '../core/predict/prediction.ts';
import { type PredictionResult, predictionResult, untimelyResult } from '../core/predict/result.ts';
import { type MachineAnswers, noTruth, type Truth, truthOf } from '../core/predict/truth.ts';
import type { PredictionRequest } from '../core/session/predicting.ts';
import { suggestion } from '../core/text/nearest.ts';
import type { Verdict } from '../core/verdict/verdict.ts';
import { firstGroup } from './bounded-match.ts';
import { checkStep } from './checker.ts';
import { stepIn } from './steps.ts';

/**
 * Reads an answer, then looks at the machine as it is now.
 * @throws `prediction-not-found`, and `argument-invalid` for an answer outside the choices
 */
export async function answerPrediction(
  machine: Machine,
  lab: Lab,
  current: string,
  { step: named, prediction: id, answer: written }: PredictionRequest,
): Promise<PredictionResult> {
  const step = stepIn(lab, named ?? stepAsking(lab.steps, current, id));
  const prediction = predictionIn(step, id);
  const answer = readAnswer(prediction, written);
  if (answer === null) throw noAnswer(prediction, written);
  const place = { step: step.id, prediction: id, answer };
  const timing = await timeliness(machine, step, prediction);
  if (timing === null) return predictionResult(place, prediction, await lookAt(machine, step, prediction));
  if (timing.outcome === 'undecided') return predictionResult(place, prediction, noTruth([timing.verdict]));
  return untimelyResult(place, timing.outcome, timing.check);
}

function predictionIn(step: Step, id: string): Prediction {
  const found = step.predict.find((each) => each.id === id);
  if (found) return found;
  const known = step.predict.map((each) => each.id);
  throw new HoplabError('prediction-not-found', `step ${step.id} asks no ${id}${suggestion(id, known)}`, {
    ...{ step: step.id, prediction: id, known },
  });
}

export function noAnswer({ choices }: Prediction, written: readonly string[]): HoplabError {
  const known = choices.map(({ value }) => value);
  const given = written.join(' ');
  const rest = known.length === 0 ? '' : `; expected ${known.join(', ')}${suggestion(given, known)}`;
  return new HoplabError(
    'argument-invalid',
    `${given === '' ? 'nothing' : `“${given}”`} is not one of the choices${rest}`,
    {
      ...{ given, known },
    },
  );
}

/** `undecided`: a check that shows the state could not be asked. */
type Untimely =
  | { outcome: 'too-early' | 'too-late'; check: string | null }
  | { outcome: 'undecided'; verdict: Verdict };

/** Null: the machine is in the state the question is about. */
export async function timeliness(
  machine: Machine,
  step: Step,
  prediction: Prediction,
): Promise<Untimely | null> {
  for (const condition of conditionsOf(prediction, step)) {
    const checks = condition.kind === 'not-all-pass' ? condition.checks : [condition.check];
    const failing = await firstFailing(machine, step, checks);
    if (failing?.status === 'could-not-check') return { outcome: 'undecided', verdict: failing };
    const passes = failing === null;
    if (condition.kind === 'not-all-pass' && passes) return { outcome: 'too-late', check: null };
    const [check] = checks;
    if (condition.kind === 'passes' && !passes) return { outcome: 'too-early', check: check?.id ?? null };
    if (condition.kind === 'passes-not' && passes) return { outcome: 'too-late', check: check?.id ?? null };
  }
  return null;
}

/** One after the other: the first that does not pass spares the probes of the rest. */
async function firstFailing(machine: Machine, step: Step, checks: Step['checks']): Promise<Verdict | null> {
  for (const check of checks) {
    const [verdict] = await checkStep(machine, step, [check]);
    if (verdict !== undefined && verdict.status !== 'pass') return verdict;
  }
  return null;
}

export async function lookAt(machine: Machine, step: Step, { answer }: Prediction): Promise<Truth> {
  const looked: MachineAnswers = { verdicts: [], outcome: null, end: null, firstGroup };
  const checks = checksOf(answer);
  if (checks.length > 0) looked.verdicts = await checkStep(machine, step, checks);
  else if (answer.kind === 'source') looked.outcome = await machine.probe({ ...answer, kind: 'seen' });
  else if (answer.kind === 'output')
    looked.outcome = await machine.probe({ kind: 'command', from: answer.on, run: answer.run, as: null });
  else if (answer.kind === 'dies-at' || answer.kind === 'why') {
    const recording = await machine.trace(tracedProbe(answer));
    const { end, gaps } = tracedPath(recording);
    const isCut = gaps.length > 0 || recording.outcome.result === 'tool-failed';
    looked.end = isCut && end.kind !== 'delivered' ? null : end;
  }
  return truthOf(answer, looked);
}
