import type { Fault, Lab, Line } from '../lab/lab.ts';
import { stepTitle } from '../lab/step-title.ts';
import type { Text } from '../language.ts';
import { type Boots, isReboot, planLines } from '../plan/entry.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Verdict } from '../verdict/verdict.ts';
import { shuffle } from './shuffle.ts';

/** One of a lab's faults, and the seed it was drawn with. */
export interface Mistake {
  seed: number;
  step: string;
  fault: string;
}

/** How far a learner is with a mistake that hoplab made. */
export interface Practice {
  /** The same seed gives the same mistake. */
  seed: number;
  state: 'broken' | 'repaired' | 'shown';
}

/** The mistake, for learners who give up or want to compare. */
export interface MistakeReveal {
  seed: number;
  step: string;
  title: Text;
  fault: string;
  reason: Reason;
  /** `typed` null: the line was left out; `typedOn`: where, which may be the mistake. */
  lines: { on: string; typedOn: string; typed: string | null; meant: string }[];
  /** The check that fails because of it; null once it is repaired. */
  verdict: Verdict | null;
}

/** A command's exit code alone cannot be found by looking at the network. */
const blind: readonly Reason[] = ['wrong-exit', 'wrong-output'];
export const isBlind = (reason: Reason | null): boolean => reason !== null && blind.includes(reason);

/** A missing restart of the machine is no fault of the network. */
function leavesOutReboot(lab: Lab, step: string, { changes }: Fault): boolean {
  const solution = lab.steps.find(({ id }) => id === step)?.solution ?? [];
  return changes.some(({ line, run }) => {
    const meant = solution[line];
    return meant !== undefined && isReboot(meant) && run !== meant.run;
  });
}

/** The lab's mistakes in the seed's order. Two faults of the same lines are one mistake with two symptoms. */
export function mistakesOf(lab: Lab, seed: number): Mistake[] {
  const different = new Map<string, Mistake>();
  for (const { id, faults } of lab.steps) {
    for (const fault of faults) {
      if (isBlind(fault.reason) || leavesOutReboot(lab, id, fault)) continue;
      const key = JSON.stringify([id, fault.lines]);
      if (!different.has(key)) different.set(key, { seed, step: id, fault: fault.id });
    }
  }
  return shuffle([...different.values()], seed);
}

/** Null where the lab, edited since, has it no more. */
export function faultOf(lab: Lab, { step, fault }: Mistake): Fault | null {
  const faults = lab.steps.find(({ id }) => id === step)?.faults ?? [];
  return faults.find(({ id }) => id === fault) ?? null;
}

/**
 * The finished lab with the mistake in place of its step's solution. Fails where a line of the lab fails because
 * of it: then there is more to mend than one mistake.
 */
export function planMistake(lab: Lab, mistake: Mistake): Boots {
  const fault = faultOf(lab, mistake);
  const lines = lab.steps.flatMap(({ id, solution }) =>
    id === mistake.step && fault !== null ? fault.lines.map(asTyped(fault)) : solution,
  );
  return planLines(lab, lines);
}

const asTyped =
  ({ refused }: Fault) =>
  (line: Line, index: number): Line =>
    refused.includes(index) ? { on: line.on, run: `! { ${line.run}\n} 2>/dev/null` } : line;

export function reveal(lab: Lab, mistake: Mistake, failing: readonly Verdict[]): MistakeReveal {
  const fault = faultOf(lab, mistake);
  if (fault === null) throw new Error(`lab ${lab.id} has no fault ${mistake.fault}`);
  const { seed, step } = mistake;
  const solution = lab.steps.find(({ id }) => id === step)?.solution ?? [];
  const lines = fault.changes.map(({ line, on: typedOn, run }) => {
    const { on = 'host', run: meant = '' } = solution[line] ?? {};
    return { on, typedOn, typed: run, meant };
  });
  const verdict = failing.find(({ reason }) => reason === fault.reason) ?? failing[0] ?? null;
  const title = stepTitle(lab, step);
  return { seed, step, title, fault: fault.id, reason: fault.reason, lines, verdict };
}
