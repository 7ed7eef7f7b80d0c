import type { Lab, Line } from '../../../src/core/lab/lab.ts';
import { type Boots, planLines } from '../../../src/core/plan/entry.ts';
import { faultOf, mistakesOf } from '../../../src/core/practice/mistake.ts';
import type { Observation } from '../../../src/core/state/observation.ts';
import type { Random } from '../topology/random.ts';
import { mutation } from '../wrong-states/mutate.ts';

/** One thing wrong in a finished lab: a step typed with one of the lab's own faults, or a line typed at the end. */
export type WrongThing =
  | { title: string; step: string; lines: Line[] }
  | { title: string; step: null; lines: [Line] };

export function drawn(lab: Lab, observation: Observation, random: Random): WrongThing {
  const faults = faultsOf(lab);
  if (faults.length > 0 && random.chance(0.4)) return random.pick(faults);
  let line: Line | null = null;
  while (line === null) line = mutation(observation, random);
  return { title: `${line.on}# ${line.run}`, step: null, lines: [line] };
}

function faultsOf(lab: Lab): WrongThing[] {
  return mistakesOf(lab, 0).flatMap((mistake) => {
    const fault = faultOf(lab, mistake);
    // A line the shell refuses is no more than a line left out.
    const lines = fault?.lines.map((line, index) =>
      fault.refused.includes(index) ? { on: line.on, run: `! { ${line.run}\n} 2>/dev/null` } : line,
    );
    return lines ? [{ title: `${mistake.step}/${mistake.fault}`, step: mistake.step, lines }] : [];
  });
}

/** Two faults of one step are two ways to type the same lines: there is no machine with both. */
export const together = (one: WrongThing, other: WrongThing): boolean =>
  one.title !== other.title && (one.step === null || one.step !== other.step);

export function planWrong(lab: Lab, wrong: readonly WrongThing[]): Boots {
  const steps = lab.steps.flatMap(
    ({ id, solution }) => wrong.find(({ step }) => step === id)?.lines ?? solution,
  );
  const after = wrong.filter(({ step }) => step === null).flatMap(({ lines }) => lines);
  return planLines(lab, [...steps, ...after]);
}
