import { randomInt } from 'node:crypto';
import { HoplabError } from '../core/errors.ts';
import type { Lab, Step } from '../core/lab/lab.ts';
import { type Boots, planEntry } from '../core/plan/entry.ts';
import type { Machine } from '../core/ports.ts';
import { faultOf, isBlind, type Mistake, mistakesOf, planMistake } from '../core/practice/mistake.ts';
import type { Progress } from '../core/session/control.ts';
import { machineWith } from './boot.ts';
import { checkStep } from './checker.ts';
import { checksAt } from './steps.ts';

/**
 * A finished lab with one mistake in it: the first in the seed's order that leaves every other line working and
 * shows at the end, that is, a check fails because of it.
 */
export async function brokenMachine(
  lab: Lab,
  seed: number | null,
  make: () => Promise<Machine>,
  report: Progress,
): Promise<{ machine: Machine; mistake: Mistake }> {
  const mistakes = mistakesOf(lab, seed ?? randomInt(10_000));
  for (const [index, mistake] of mistakes.entries()) {
    report(index, mistakes.length, 'machine');
    const machine = await mistaken(lab, mistake, make);
    if (machine === null) continue;
    if (await shows(lab, machine, mistake)) return { machine, mistake };
    await machine.destroy();
  }
  throw new HoplabError('nothing-to-practise', `no mistake of lab ${lab.id} shows when it is finished`, {
    lab: lab.id,
  });
}

/** The plan of a step's machine; `again` is the mistake of the machine before, kept while the lab has it. */
export function planFor(
  lab: Lab,
  step: string,
  again: Mistake | null,
): { plan: Boots; mistake: Mistake | null } {
  const mistake = again !== null && faultOf(lab, again) !== null ? again : null;
  return { plan: mistake ? planMistake(lab, mistake) : planEntry(lab, step), mistake };
}

/** @throws `nothing-broken`: the machine has no mistake, or the lab was edited since */
export function mistakeIn(lab: Lab, mistake: Mistake | null): Mistake {
  if (mistake !== null && faultOf(lab, mistake) !== null) return mistake;
  throw new HoplabError('nothing-broken', 'there is no mistake to find; hoplab break makes one', {});
}

/** Null where a line of the lab fails because of the mistake. */
async function mistaken(lab: Lab, mistake: Mistake, make: () => Promise<Machine>): Promise<Machine | null> {
  try {
    return await machineWith(make, lab, planMistake(lab, mistake));
  } catch (error) {
    if (error instanceof HoplabError && error.code === 'action-failed') return null;
    throw error;
  }
}

async function shows(lab: Lab, machine: Machine, mistake: Mistake): Promise<boolean> {
  try {
    return (await foretold(machine, lab, mistake)) || (await anyFailure(machine, lab, mistake.step));
  } catch (error) {
    await machine.destroy();
    throw error;
  }
}

const checksAtEnd = (lab: Lab, step: Step) => checksAt(lab, step, lab.steps.at(-1)?.id ?? '');

/** The check that the lab says would fail does, for the reason it says: then nothing else has to be asked. */
async function foretold(machine: Machine, lab: Lab, mistake: Mistake): Promise<boolean> {
  const step = lab.steps.find(({ id }) => id === mistake.step);
  const fault = faultOf(lab, mistake);
  if (step === undefined || fault === null) return false;
  const checks = checksAtEnd(lab, step).filter(({ id }) => id === fault.fails);
  const verdicts = await checkStep(machine, step, checks, 0);
  return verdicts.some(({ status, reason }) => status === 'fail' && reason === fault.reason);
}

/** The mistake's own step first: it is there that most of them show. */
async function anyFailure(machine: Machine, lab: Lab, first: string): Promise<boolean> {
  const own = lab.steps.filter(({ id }) => id === first);
  for (const step of [...own, ...lab.steps.filter(({ id }) => id !== first)]) {
    const verdicts = await checkStep(machine, step, checksAtEnd(lab, step));
    // A state that only a command's exit code reveals is one that no look at the network could find.
    if (verdicts.some(({ status, reason }) => status === 'fail' && !isBlind(reason))) return true;
  }
  return false;
}
