import { HoplabError } from '../core/errors.ts';
import type { Lab } from '../core/lab/lab.ts';
import { type Boots, planEntry } from '../core/plan/entry.ts';
import { planTopology } from '../core/plan/topology.ts';
import type { Machine, Machines } from '../core/ports.ts';

type Make = () => Promise<Machine>;

/** Before the first machine of a lab since the VM was started: loads its kernel modules, or rejects with `lab-unsupported`. */
export async function mustSupport(machines: Machines, lab: Lab): Promise<void> {
  const missing = await machines.lacks(lab.requires);
  if (missing.length === 0) return;
  throw new HoplabError(
    'lab-unsupported',
    `this VM lacks what lab ${lab.id} requires: ${missing.join(', ')}`,
    {
      missing,
    },
  );
}

/** A fresh machine in the state a step begins with; restarted as often as the solutions before it restart it. */
export function machineAt(make: Make, lab: Lab, step: string): Promise<Machine> {
  return machineWith(make, lab, planEntry(lab, step));
}

/** A fresh machine with a plan for each of its starts carried out. */
export async function machineWith(make: Make, lab: Lab, [first, ...later]: Boots): Promise<Machine> {
  let machine = await make();
  try {
    await machine.perform(first);
    for (const actions of later) {
      const before = machine;
      machine = await rebootMachine(make, lab, before);
      await before.destroy();
      await machine.perform(actions);
    }
    return machine;
  } catch (error) {
    await machine.destroy();
    throw error;
  }
}

/**
 * A machine after its restart: the lab's start topology as its hosts are configured, the files of the machine
 * before, and the settings in their sysctl.conf. State that was only in the kernel is lost. The machine
 * before goes on unchanged.
 */
export async function rebootMachine(make: Make, lab: Lab, before: Machine): Promise<Machine> {
  const machine = await make();
  try {
    await machine.perform(planTopology(lab.topology));
    await machine.startWithFilesOf(before);
    return machine;
  } catch (error) {
    await machine.destroy();
    throw error;
  }
}
