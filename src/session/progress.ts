import { explain } from '../core/explain/explain.ts';
import type { Lab } from '../core/lab/lab.ts';
import { stepTitle } from '../core/lab/step-title.ts';
import { sourceLanguage } from '../core/language.ts';
import type { Practice } from '../core/practice/mistake.ts';
import type { Predicted } from '../core/predict/prediction.ts';
import type { SessionEvent, StepState } from '../core/session/event.ts';
import type { Verdict } from '../core/verdict/verdict.ts';

/** What hoplab typed in a machine: the steps before `begun`, and the solutions of `typed`. */
interface Typing {
  begun: string;
  typed: Set<string>;
}

/** The learner's place: derived from the events alone. */
export interface Progress {
  step: string;
  /** Step -> when it was first done. */
  doneAt: Map<string, number>;
  /** Of those that are done: hoplab typed the solution, and the learner has not done it by hand since. */
  shown: Set<string>;
  broken: Set<string>;
  /** `step/check` -> the newest verdict. */
  verdicts: Map<string, Verdict>;
  /** `step/check` of those that have passed in this machine. */
  held: Set<string>;
  typing: Typing;
  /** The same of the machine that `undo` would bring back. */
  typingBefore: Typing;
  /** Cause (causeOf), or `step/check` in journals of old -> hint rungs given. */
  hints: Map<string, number>;
  /** How many hints were given outside of practice. */
  hinted: number;
  /** `step/prediction` -> the newest answer. */
  predictions: Map<string, Predicted>;
  practice: Practice | null;
}

export function newProgress(step: string): Progress {
  return {
    step,
    doneAt: new Map(),
    shown: new Set(),
    broken: new Set(),
    verdicts: new Map(),
    held: new Set(),
    typing: { begun: step, typed: new Set() },
    typingBefore: { begun: step, typed: new Set() },
    hints: new Map(),
    hinted: 0,
    predictions: new Map(),
    practice: null,
  };
}

export const checkKey = (step: string, check: string): string => `${step}/${check}`;

/**
 * The cause of a verdict: each cause has its own ladder of hints, as long as it lasts. Checks that fail for one cause
 * share it, and another cause of the same check begins at the first rung.
 */
export function causeOf(verdict: Verdict): string {
  const { step, check, reason, node, object } = verdict;
  if (reason === null || node === null) return checkKey(step, check);
  // One reason has several causes: a route that is not there, and one for a single address. Their sentences differ.
  const what = object === null ? '' : explain(verdict, sourceLanguage).what.slice(0, 300);
  return [reason, node, object ?? '', what].join(' ');
}

/** Takes an event into account; used alike for a new event and for the journal after a restart. */
export function advance(progress: Progress, event: SessionEvent, at: number): void {
  switch (event.type) {
    case 'step-entered':
      progress.step = event.step;
      progress.typing = typingIn(progress, event);
      if (event.how !== 'advance') progress.practice = null;
      if (event.how !== 'advance' && event.how !== 'resume') {
        progress.verdicts.clear();
        progress.held.clear();
        progress.hints.clear();
        // The broken steps were those of the previous machine.
        progress.broken.clear();
      }
      break;
    case 'machine':
      // The machine before is kept for undo, which brings it back.
      if (event.machine.state === 'ready')
        [progress.typing, progress.typingBefore] = [progress.typingBefore, progress.typing];
      break;
    case 'line':
      progress.typing.typed.add(event.step);
      break;
    case 'verdict': {
      const key = checkKey(event.verdict.step, event.verdict.check);
      const before = progress.verdicts.get(key);
      // A cause that went and comes again is a fault of its own.
      if (before !== undefined && event.verdict.status === 'pass') progress.hints.delete(causeOf(before));
      progress.verdicts.set(key, event.verdict);
      if (event.verdict.status === 'pass') progress.held.add(key);
      break;
    }
    case 'step-done':
      if (event.by === undefined) progress.shown.delete(event.step);
      else if (!progress.doneAt.has(event.step)) progress.shown.add(event.step);
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
    case 'hint': {
      const cause = event.cause ?? checkKey(event.step, event.check);
      const again = event.rung <= (progress.hints.get(cause) ?? 0);
      if (!again && progress.practice?.state !== 'broken') progress.hinted += 1;
      progress.hints.set(cause, event.rung);
      break;
    }
    case 'predicted': {
      const { type: _, step, ...predicted } = event;
      progress.predictions.set(checkKey(step, predicted.prediction), predicted);
      break;
    }
  }
}

/** A restart keeps the files of the machine before; every other fresh machine has what its entry typed. */
function typingIn(
  { typing, typingBefore }: Progress,
  { step, how }: SessionEvent & { type: 'step-entered' },
): Typing {
  if (how === 'advance' || how === 'undo') return typing;
  if (how === 'reboot') return { ...typingBefore, typed: new Set(typingBefore.typed) };
  return { begun: step, typed: new Set() };
}

export function stepStates(lab: Lab, progress: Progress): StepState[] {
  return lab.steps.map(({ id, checks, predict }) => ({
    id,
    title: stepTitle(lab, id),
    doneAt: progress.doneAt.get(id) ?? null,
    shown: progress.shown.has(id),
    broken: progress.broken.has(id),
    verdicts: checks.flatMap((check) => progress.verdicts.get(checkKey(id, check.id)) ?? []),
    held: checks.flatMap((check) => (progress.held.has(checkKey(id, check.id)) ? [check.id] : [])),
    predictions: predict.flatMap((each) => progress.predictions.get(checkKey(id, each.id)) ?? []),
  }));
}
