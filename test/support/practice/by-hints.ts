import { rungOf } from '../../../src/core/explain/rung.ts';
import type { Lab, Line } from '../../../src/core/lab/lab.ts';
import type { Machine } from '../../../src/core/ports.ts';
import { type Mistake, mistakesOf, planMistake } from '../../../src/core/practice/mistake.ts';
import type { Verdict } from '../../../src/core/verdict/verdict.ts';
import { machineWith } from '../../../src/session/boot.ts';
import { checkSteps } from '../../../src/session/checker.ts';
import { checksAt } from '../../../src/session/steps.ts';
import { typeLine } from '../../../src/session/type-line.ts';

/**
 * A hidden fault, and what typing the hints' last rungs did.
 * - `repaired`: every check passes.
 * - `unrepaired`: a hint has nothing to type, or typing it again and again did not help.
 * - `hidden`: `break` does not choose it, for a line of the lab fails or no check does.
 */
export interface Repair extends Mistake {
  result: 'repaired' | 'unrepaired' | 'hidden';
  rounds: { failing: string; hint: string }[];
}

/** How often one hint is typed: a process that ends, or a neighbour that is learned, may take a moment. */
const patience = 4;

export async function* repairedByHints(lab: Lab, make: () => Promise<Machine>): AsyncGenerator<Repair> {
  for (const mistake of mistakesOf(lab, 0)) {
    const machine = await machineWith(make, lab, planMistake(lab, mistake)).catch(() => null);
    if (machine === null) {
      yield { ...mistake, result: 'hidden', rounds: [] };
      continue;
    }
    try {
      yield { ...mistake, ...(await repaired(lab, machine)) };
    } finally {
      await machine.destroy();
    }
  }
}

async function repaired(lab: Lab, machine: Machine): Promise<Pick<Repair, 'result' | 'rounds'>> {
  const rounds: Repair['rounds'] = [];
  for (;;) {
    const failing = await firstFailure(lab, machine);
    if (failing === null) return { result: rounds.length === 0 ? 'hidden' : 'repaired', rounds };
    const hint = rungOf(failing, 4, true).en;
    rounds.push({ failing: `${failing.step}/${failing.check} ${failing.status} ${failing.reason}`, hint });
    const lines = linesOf(hint);
    const again = rounds.filter((one) => one.failing === rounds.at(-1)?.failing && one.hint === hint);
    if (lines.length === 0 || again.length > patience) return { result: 'unrepaired', rounds };
    for (const line of lines) await typeLine(machine, line);
  }
}

async function firstFailure(lab: Lab, machine: Machine): Promise<Verdict | null> {
  const last = lab.steps.at(-1)?.id ?? '';
  const found = await checkSteps(
    machine,
    lab.steps.map((step) => ({ step, checks: checksAt(lab, step, last) })),
  );
  return found.flat().find(({ status }) => status !== 'pass') ?? null;
}

/** The lines of the first way that is typed. */
function linesOf(hint: string): Line[] {
  const [, first = ''] = hint.split(/^# type:.*\n/m);
  const [way = ''] = first.split(/^# (?!type:)/m);
  return way.split('\n').flatMap((line) => {
    const [on, run] = line.split(/ # (.*)/s);
    return run === undefined || on === undefined ? [] : [{ on, run }];
  });
}
