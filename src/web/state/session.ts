import { HoplabError } from '../../protocol/errors.ts';
import type { Link } from '../connection/link.ts';
import { createStore, type Store } from '../store/store.ts';
import { applyEvent } from './attempt.ts';
import type { NumberedEvent, Snapshot } from './protocol-types.ts';

/** A session as this page follows it: the newest snapshot, kept new by its events. */
export interface Following {
  /** Null until the daemon's first reply; `ended` if there is no such session (any more). */
  snapshot: Store<Snapshot | null>;
  ended: Store<boolean>;
  onEvent(listener: (event: NumberedEvent) => void): () => void;
  stop(): void;
}

export function follow(link: Link, session: string): Following {
  const snapshot = createStore<Snapshot | null>(null);
  const ended = createStore(false);
  const listeners = new Set<(event: NumberedEvent) => void>();
  /** Number of the last event that was heard; null before the first snapshot. */
  let last: number | null = null;

  /** With the last number, the daemon repeats the events missed while the connection was gone. */
  const unopen = link.onOpen(async () => {
    try {
      const params = last === null ? { session } : { session, after: last };
      const { snapshot: newest, from } = await link.call('sessions.subscribe', params);
      last = from;
      snapshot.set(newest);
    } catch (error) {
      if (error instanceof HoplabError && error.code === 'session-not-found') ended.set(true);
    }
  });

  const deafen = link.on('session.event', (event) => {
    if (event.session !== session || last === null || event.number <= last) return;
    last = event.number;
    hear(event);
    for (const listener of [...listeners]) listener(event);
  });

  function hear(event: NumberedEvent): void {
    if (event.event.type === 'stopped') ended.set(true);
    const before = snapshot.get();
    // The snapshot that came with a subscription knows the events that are repeated after it.
    if (!before || event.number <= before.lastEvent) return;
    const after = applyEvent(before, event);
    if (after) snapshot.set(after);
    else {
      snapshot.set({ ...before, lastEvent: event.number });
      void refresh();
    }
  }

  async function refresh(): Promise<void> {
    const newest = await link.call('sessions.get', { session }).catch(() => null);
    const known = snapshot.get();
    if (newest && newest.lastEvent >= (known?.lastEvent ?? 0)) snapshot.set(newest);
  }

  return {
    snapshot,
    ended,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      unopen();
      deafen();
      if (link.state.get() === 'open') link.call('sessions.unsubscribe', { session }).catch(() => {});
    },
  };
}
