import { withEngine } from '../core/lab/cluster-engine.ts';
import type { ClusterEngine, Lab } from '../core/lab/lab.ts';
import type { NumberedEvent } from '../core/session/event.ts';
import type { Warn } from '../core/warn.ts';
import { entriesSchema } from './entry-schema.ts';
import type { Journal } from './journal.ts';
import type { Entry } from './journal-line.ts';
import { advance, newProgress, type Progress } from './progress.ts';
import { restoreProgress } from './stored-progress.ts';

/** The content of a session's file. */
interface ReadSession {
  lab: Lab;
  engine: ClusterEngine;
  startedAt: number;
  /** The events that can be sent again. */
  events: NumberedEvent[];
  progress: Progress;
  /** Its machine, the newest one that is named. */
  place: (Entry & { kind: 'machine' }) | undefined;
}

/**
 * Null if there is none: it has ended, its lab is missing, or its file cannot be read. Warns in each case but
 * the first.
 */
export async function readSession(
  id: string,
  journal: Journal,
  labOf: (id: string) => Lab,
  warn: Warn,
): Promise<ReadSession | null> {
  const entries = await journal.read().catch(async (error: Error) => {
    await setAside(journal, error.message, warn);
    return null;
  });
  if (entries === null) return null;
  const [first] = entries;
  if (first?.kind !== 'session') {
    await setAside(journal, 'its first line is broken', warn);
    return null;
  }
  if (first.id !== id) {
    // A copy: what it names as its machine is another session's.
    await setAside(journal, 'its first line is of another session', warn);
    return null;
  }
  const odd = entriesSchema.safeParse(entries).error?.issues[0];
  if (odd !== undefined) {
    // Its checksums are right, its values are not: another version has written it, or a person.
    await setAside(journal, `${odd.path.join('.')}: ${odd.message}`, warn);
    return null;
  }
  const { engine = 'small' } = first;
  const lab = labOrNull((id) => withEngine(labOf(id), engine), first.lab);
  const start = lab?.steps[0];
  if (!lab || !start) {
    // The lab may be there again at the next start, with the directory it is in.
    warn('a session waits for its lab, which is not there', { lab: first.lab });
    return null;
  }
  const { isStopped, ...open } = contentOf(entries, lab, start.id);
  if (isStopped) {
    await journal.remove().catch((error: Error) => warn(error.message, {}));
    return null;
  }
  return { lab, engine, startedAt: first.startedAt, ...open };
}

function contentOf(entries: readonly Entry[], lab: Lab, firstStep: string) {
  const kept = entries.filter((entry) => entry.kind === 'event');
  const isStopped = kept.at(-1)?.event.type === 'stopped';
  const summary = entries.find((entry) => entry.kind === 'progress');
  const progress = summary ? restoreProgress(summary.progress) : newProgress(firstStep);
  for (const { event, at, number } of kept) if (number > (summary?.last ?? 0)) advance(progress, event, at);
  // The lab may have been edited since: a step it no longer has is its first one again.
  if (!lab.steps.some(({ id }) => id === progress.step)) progress.step = firstStep;
  const place = entries.findLast((entry) => entry.kind === 'machine');
  const events = kept.map(({ number, at, event }) => ({ number, at, event }));
  return { isStopped, events, progress, place };
}

async function setAside(journal: Journal, why: string, warn: Warn): Promise<void> {
  const notice = { why, file: await journal.setAside().catch((error: Error) => error.message) };
  warn('a session is left out: its file cannot be read, and is kept under another name', notice);
}

function labOrNull(labOf: (id: string) => Lab, id: string): Lab | null {
  try {
    return labOf(id);
  } catch {
    return null;
  }
}
