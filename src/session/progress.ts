import type { Lab } from '../core/lab/lab.ts';
import { stepTitle } from '../core/lab/step-title.ts';
import type { Practice } from '../core/practice/mistake.ts';
import type { Predicted } from '../core/predict/prediction.ts';
import type { SessionEvent, StepState } from '../core/session/event.ts';
import type { Verdict } from '../core/verdict/verdict.ts';

/** The learner's place: derived from the events alone. */
export interface Progress {
  step: string;
  /** Step -> when it was first done. */
  doneAt: Map<string, number>;
  broken: Set<string>;
  /** `step/check` -> the newest verdict. */
  verdicts: Map<string, Verdict>;
  /** Steps whose solution hoplab has typed in this machine. */
  typed: Set<string>;
  /** Cause (causeOf), or `step/check` in journals of old -> hint rungs given. */
  hints: Map<string, number>;
  /** `step/prediction` -> the newest answer. */
  predictions: Map<string, Predicted>;
  practice: Practice | null;
}

export function newProgress(step: string): Progress {
  return {
    step,
    doneAt: new Map(),
    broken: new Set(),
    verdicts: new Map(),
    typed: new Set(),
    hints: new Map(),
    predictions: new Map(),
    practice: null,
  };
}

export const checkKey = (step: string, check: string): string => `${step}/${check}`;

/**
 * The cause of a verdict: each cause has its own ladder of hints. Checks that fail for one cause share it,
 * and another cause of the same check begins at the first rung.
 */
export function causeOf({ step, check, reason, node, object, observed }: Verdict): string {
  if (reason === null || node === null) return checkKey(step, check);
  // A reason that only reports a difference needs the observed value to identify its cause.
  return [reason, node, object ?? '', object === null ? '' : observed.slice(0, 200)].join(' ');
}

/** Takes an event into account; used alike for a new event and for the journal after a restart. */
export function advance(progress: Progress, event: SessionEvent, at: number): void {
  switch (event.type) {
    case 'step-entered':
      progress.step = event.step;
      if (event.how !== 'advance') progress.practice = null;
      if (event.how !== 'advance' && event.how !== 'resume') {
        progress.verdicts.clear();
        // The broken steps were those of the previous machine.
        progress.broken.clear();
      }
      break;
    case 'machine':
      progress.typed.clear();
      break;
    case 'line':
      progress.typed.add(event.step);
      break;
    case 'verdict':
      progress.verdicts.set(checkKey(event.verdict.step, event.verdict.check), event.verdict);
      break;
    case 'step-done':
      if (!progress.doneAt.has(event.step)) progress.doneAt.set(event.step, at);
      progress.broken.delete(event.step);
      break;
    case 'step-broken':
      progress.broken.add(event.step);
      break;
    case 'step-mended':
      progress.broken.delete(event.step);
      break;
    case 'practice':
      // Each mistake has its ladder from the first rung on.
      if (event.state === 'broken') progress.hints.clear();
      progress.practice = { seed: event.seed, state: event.state };
      break;
    case 'hint':
      progress.hints.set(event.cause ?? checkKey(event.step, event.check), event.rung);
      break;
    case 'predicted': {
      const { type: _, step, ...predicted } = event;
      progress.predictions.set(checkKey(step, predicted.prediction), predicted);
      break;
    }
  }
}

export function stepStates(lab: Lab, progress: Progress): StepState[] {
  return lab.steps.map(({ id, checks, predict }) => ({
    id,
    title: stepTitle(lab, id),
    doneAt: progress.doneAt.get(id) ?? null,
    broken: progress.broken.has(id),
    verdicts: checks.flatMap((check) => progress.verdicts.get(checkKey(id, check.id)) ?? []),
    predictions: predict.flatMap((each) => progress.predictions.get(checkKey(id, each.id)) ?? []),
  }));
}
