import type { Lab, Line } from '../lab/lab.ts';
import type { Action } from './action.ts';
import { planTopology } from './topology.ts';

/** One plan for each time the machine starts: the files of one are there in the next. */
export type Boots = [Action[], ...Action[][]];

/** The state a step begins with: the start topology and the solutions of all steps before it. */
export function planEntry(lab: Lab, step: string): Boots {
  const place = lab.steps.findIndex(({ id }) => id === step);
  return planLines(
    lab,
    lab.steps.slice(0, place).flatMap(({ solution }) => solution),
  );
}

/** The start topology and these lines typed in it. */
export function planLines(lab: Lab, typed: readonly Line[]): Boots {
  const boots: Line[][] = [[]];
  for (const line of typed) {
    if (isReboot(line)) boots.push([]);
    else boots.at(-1)?.push(line);
  }
  const [first = [], ...later] = boots.map((lines) =>
    lines.length === 0 ? [] : [{ kind: 'lines' as const, lines }],
  );
  return [[...planTopology(lab.topology), ...first], ...later];
}

/** A line of a solution that restarts the machine; hoplab itself does it, from outside. */
export const isReboot = ({ run }: Line): boolean => run === 'hoplab reboot';
