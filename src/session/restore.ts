import type { Lab } from '../core/lab/lab.ts';
import type { Machine } from '../core/ports.ts';
import type { Mistake } from '../core/practice/mistake.ts';
import { EventLog } from './event-log.ts';
import { type Entry, Journal, journaledSessions } from './journal.ts';
import type { Kept } from './machine-slot.ts';
import { advance, newProgress } from './progress.ts';
import { Session } from './session.ts';

/**
 * Sessions from their journals, oldest first. A session whose machine lives goes on in it; one whose machine
 * is gone (the VM was rebooted) gets a fresh one at its step. Machines of no session are destroyed.
 */
export async function restore(
  directory: string,
  labOf: (id: string) => Lab,
  machines: readonly Machine[],
  makerOf: (session: string, lab: Lab) => () => Promise<Machine>,
): Promise<Session[]> {
  const unclaimed = new Map(machines.map((machine) => [machine.id, machine]));
  const claim = (id: string | undefined) => {
    const machine = unclaimed.get(id ?? '') ?? null;
    unclaimed.delete(id ?? '');
    return machine;
  };
  const restored: { session: Session; startedAt: number; machine: Machine | null; step: string }[] = [];
  for (const id of await journaledSessions(directory)) {
    const journal = Journal.at(directory, id);
    const read = await readSession(journal, labOf);
    if (read === 'ended') await journal.remove();
    // The lab may be there again at the next start, with the directory it is in.
    if (read === 'ended' || read === 'lab-missing') continue;
    const { lab, startedAt, events, progress, place } = read;
    const session = new Session({
      ...{ id, lab, startedAt, journal, progress },
      log: new EventLog(journal, events),
      make: makerOf(id, lab),
    });
    const machine = claim(place?.id);
    const previous = claim(place?.previous?.id);
    const mistake = place?.mistake ?? null;
    session.adopt(
      machine,
      mistake,
      machine && previous && place?.previous ? kept(previous, place.previous) : null,
    );
    if (!machine) await previous?.destroy();
    restored.push({ session, startedAt, machine, step: progress.step });
  }
  for (const machine of unclaimed.values()) await machine.destroy();
  for (const { session, machine, step } of restored) {
    // Where none can be made the session is there without one; a later reset tries again.
    if (!machine) await session.enter(step, 'resume').catch(() => {});
  }
  return restored.sort((one, other) => one.startedAt - other.startedAt).map(({ session }) => session);
}

const kept = (machine: Machine, { step, mistake }: { step: string; mistake?: Mistake | null }): Kept => ({
  machine,
  step,
  mistake: mistake ?? null,
});

async function readSession(journal: Journal, labOf: (id: string) => Lab) {
  const entries = await journal.read();
  const [first] = entries;
  if (first?.kind !== 'session') return 'ended';
  const lab = labOrNull(labOf, first.lab);
  const start = lab?.steps[0];
  if (!lab || !start) return 'lab-missing';
  const progress = newProgress(start.id);
  const events = entries.filter((entry) => entry.kind === 'event');
  for (const { event, at } of events) advance(progress, event, at);
  if (events.at(-1)?.event.type === 'stopped') return 'ended';
  // The lab may have been edited since: a step it no longer has is its first one again.
  if (!lab.steps.some(({ id }) => id === progress.step)) progress.step = start.id;
  const place = entries.findLast((entry): entry is Entry & { kind: 'machine' } => entry.kind === 'machine');
  const plain = events.map(({ number, at, event }) => ({ number, at, event }));
  return { lab, startedAt: first.startedAt, events: plain, progress, place };
}

function labOrNull(labOf: (id: string) => Lab, id: string): Lab | null {
  try {
    return labOf(id);
  } catch {
    return null;
  }
}
