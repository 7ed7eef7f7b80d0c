import { withEngine } from '../core/lab/cluster-engine.ts';
import type { Lab } from '../core/lab/lab.ts';
import type { Machine } from '../core/ports.ts';
import type { Mistake } from '../core/practice/mistake.ts';
import type { Warn } from '../core/warn.ts';
import { EventLog } from './event-log.ts';
import { Journal, journaledSessions } from './journal.ts';
import type { SlotContent } from './machine-slot.ts';
import { readSession } from './read-session.ts';
import { Session } from './session.ts';

interface Left {
  directory: string;
  labOf: (id: string) => Lab;
  /** The machines that live. */
  machines: readonly Machine[];
  makerOf: (session: string, lab: Lab) => () => Promise<Machine>;
  warn: Warn;
}

/**
 * Sessions from their journals, oldest first. A session whose machine lives goes on in it; one whose machine
 * is gone (the VM was rebooted) gets a fresh one at its step. Machines of no session are destroyed. A file that no
 * session can be read from is set aside, and the others go on.
 */
export async function restore({ directory, labOf, machines, makerOf, warn }: Left): Promise<Session[]> {
  const unclaimed = new Map(machines.map((machine) => [machine.id, machine]));
  const claim = (id: string | undefined) => {
    const machine = unclaimed.get(id ?? '') ?? null;
    unclaimed.delete(id ?? '');
    return machine;
  };
  const restored: { session: Session; startedAt: number; machine: Machine | null; step: string }[] = [];
  for (const id of await journaledSessions(directory)) {
    const journal = Journal.at(directory, id, warn);
    const read = await readSession(id, journal, labOf, (words, about) =>
      warn(words, { session: id, ...about }),
    );
    if (read === null) continue;
    const { lab, engine, startedAt, events, progress, place } = read;
    const session = new Session({
      ...{ id, lab, startedAt, journal, progress },
      log: new EventLog(journal, progress, events),
      make: makerOf(id, lab),
      labNow: () => withEngine(labOf(lab.id), engine),
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
    if (machine) continue;
    // If no machine can be made, the session exists without one; a later reset tries again.
    await session
      .enter(step, 'resume')
      .catch((error: Error) =>
        warn('a session has no machine', { session: session.id, words: error.message }),
      );
  }
  return restored.sort((one, other) => one.startedAt - other.startedAt).map(({ session }) => session);
}

const kept = (
  machine: Machine,
  { step, mistake }: { step: string; mistake?: Mistake | null },
): SlotContent => ({
  machine,
  step,
  mistake: mistake ?? null,
});
