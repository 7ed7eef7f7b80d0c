import { randomInt } from 'node:crypto';
import { HoplabError } from '../core/errors.ts';
import type { Lab, Step } from '../core/lab/lab.ts';
import { type Boots, planEntry } from '../core/plan/entry.ts';
import type { Machine } from '../core/ports.ts';
import { faultOf, isBlind, type Mistake, mistakesOf, planMistake } from '../core/practice/mistake.ts';
import type { Progress } from '../core/session/control.ts';
import type { Verdict } from '../core/verdict/verdict.ts';
import { machineWith } from './boot.ts';
import { checkStep, checkSteps } from './checker.ts';
import { checksAt } from './steps.ts';

/** Mistakes that were found to show nothing once the lab is finished: nobody has to wait for them again. */
const hiddenIn = new WeakMap<Lab, Set<string>>();

/**
 * A finished lab with one mistake in it: the first in the seed's order that leaves every other line working and
 * shows at the end, that is, a check fails because of it.
 */
export async function brokenMachine(
  lab: Lab,
  seed: number | null,
  make: () => Promise<Machine>,
  report: Progress,
): Promise<{ machine: Machine; mistake: Mistake; found: Verdict[] }> {
  const mistakes = mistakesOf(lab, seed ?? randomInt(10_000));
  const hidden = hiddenIn.get(lab) ?? new Set<string>();
  hiddenIn.set(lab, hidden);
  for (const [index, mistake] of mistakes.entries()) {
    const key = `${mistake.step} ${mistake.fault}`;
    if (hidden.has(key)) continue;
    report(index, mistakes.length, 'machine');
    const machine = await mistaken(lab, mistake, make);
    const found = machine && (await shown(lab, machine, mistake));
    if (machine !== null && found !== null) return { machine, mistake, found };
    await machine?.destroy();
    hidden.add(key);
  }
  throw new HoplabError('nothing-to-practise', `no fault of lab ${lab.id} shows when it is finished`, {
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
  throw new HoplabError('nothing-broken', 'there is no fault to find; hoplab break makes one', {});
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

/** The verdicts of a step that the mistake fails; null where it fails none. */
async function shown(lab: Lab, machine: Machine, mistake: Mistake): Promise<Verdict[] | null> {
  try {
    return (await foretold(machine, lab, mistake)) ?? (await anyFailure(machine, lab, mistake.step));
  } catch (error) {
    await machine.destroy();
    throw error;
  }
}

const checksAtEnd = (lab: Lab, step: Step) => checksAt(lab, step, lab.steps.at(-1)?.id ?? '');

/** The check that the lab says would fail does, for the reason it says: then nothing else has to be asked. */
async function foretold(machine: Machine, lab: Lab, mistake: Mistake): Promise<Verdict[] | null> {
  const step = lab.steps.find(({ id }) => id === mistake.step);
  const fault = faultOf(lab, mistake);
  if (step === undefined || fault === null) return null;
  const checks = checksAtEnd(lab, step).filter(({ id }) => id === fault.fails);
  const verdicts = await checkStep(machine, step, checks, 0);
  return verdicts.some(({ status, reason }) => status === 'fail' && reason === fault.reason)
    ? verdicts
    : null;
}

/** The mistake's own step first: it is there that most of them show. Then all others at once. */
async function anyFailure(machine: Machine, lab: Lab, first: string): Promise<Verdict[] | null> {
  const parts = [lab.steps.filter(({ id }) => id === first), lab.steps.filter(({ id }) => id !== first)];
  for (const steps of parts) {
    const asked = steps.map((step) => ({ step, checks: checksAtEnd(lab, step) }));
    // A state that only a command's exit code reveals is one that no look at the network could find.
    const failing = (await checkSteps(machine, asked)).find((verdicts) =>
      verdicts.some(({ status, reason }) => status === 'fail' && !isBlind(reason)),
    );
    if (failing !== undefined) return failing;
  }
  return null;
}
