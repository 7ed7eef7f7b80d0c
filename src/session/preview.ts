import type { Lab } from '../core/lab/lab.ts';
import type { Machine } from '../core/ports.ts';
import type { Preview, PreviewRequest } from '../core/session/preview.ts';
import { difference } from '../core/state/difference.ts';
import { machineWith, rebootMachine } from './boot.ts';
import type { MachineSlot } from './machine-slot.ts';
import { planFor } from './practice.ts';
import { stepIn } from './steps.ts';

/**
 * The changes that another machine would make: the one kept for undo, or one made for the comparison and then
 * ended.
 */
export async function previewReplacement(
  asked: PreviewRequest,
  lab: Lab,
  here: string,
  slot: MachineSlot,
  make: () => Promise<Machine>,
): Promise<Preview> {
  if (asked === 'undo') return compared(slot.toUndo.step, slot.alive, slot.toUndo.machine);
  const step = typeof asked === 'string' ? here : stepIn(lab, asked.step).id;
  const present = slot.alive;
  if (present === null) return gone(step);
  const machine = await next();
  try {
    return await compared(step, present, machine);
  } finally {
    await machine.destroy();
  }

  function next(): Promise<Machine> {
    if (asked === 'reboot') return rebootMachine(make, lab, slot.live);
    const { plan } = planFor(lab, step, asked === 'reset' ? slot.mistake : null);
    return machineWith(make, lab, plan);
  }
}

async function compared(step: string, present: Machine | null, other: Machine): Promise<Preview> {
  if (present === null) return gone(step);
  const [now, then] = await Promise.all([present.observe(), other.observe()]);
  return { step, gone: false, differences: difference(now, then) };
}

const gone = (step: string): Preview => ({ step, gone: true, differences: [] });
