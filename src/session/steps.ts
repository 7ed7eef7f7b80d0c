import type { Check } from '../core/check/check.ts';
import { HoplabError } from '../core/errors.ts';
import { wrongArgument } from '../core/explain/wrong-argument.ts';
import type { Lab, Step } from '../core/lab/lab.ts';
import { suggestion } from '../core/text/nearest.ts';
import { said } from '../core/text/said.ts';

/** @throws `step-not-found`, with the near one */
export function stepIn(lab: Lab, id: string): Step {
  const step = lab.steps.find((each) => each.id === id);
  if (step) return step;
  const known = lab.steps.map((each) => each.id);
  throw new HoplabError('step-not-found', `lab ${lab.id} has no step ${id}${suggestion(id, known)}`, {
    step: id,
    known,
  });
}

export function indexIn(lab: Lab, step: string): number {
  return lab.steps.findIndex(({ id }) => id === step);
}

/** The steps that were passed on the way from one to another; none on the way back. */
export function stepsBetween(lab: Lab, from: string, to: string): string[] {
  return lab.steps.slice(Math.max(0, indexIn(lab, from)), Math.max(0, indexIn(lab, to))).map(({ id }) => id);
}

/** The steps whose solution is typed: from the current one up to the one named, or all that remain. */
export function stepsToApply(lab: Lab, current: string, which: string | 'all' | null): Step[] {
  const from = indexIn(lab, current);
  if (which === 'all') return lab.steps.slice(from);
  const to = which === null ? from : indexIn(lab, stepIn(lab, which).id);
  if (to < from) {
    throw wrongArgument(said('step-passed', { step: `${which}` }), { step: which, current });
  }
  return lab.steps.slice(from, to + 1);
}

/** Checks of a step that still mean something while the learner is at `current` (a check's `until`). */
export function checksAt(lab: Lab, step: Step, current: string): Check[] {
  return step.checks.filter(({ until }) => until === null || indexIn(lab, current) < indexIn(lab, until));
}
