import type { SessionControl } from '../core/session/control.ts';
import type { Flow, TrafficNews } from '../core/traffic/flow.ts';
import { createGate } from './gate.ts';

/** The sessions whose traffic one connection watches; at most once each. */
export interface TrafficWatches {
  /** The flows there are; their news follow the reply to the request. */
  add(session: string, afterReply: (work: () => void) => void): Flow[];
  remove(session: string): void;
  removeAll(): void;
}

export function createTrafficWatches(
  sessions: Pick<SessionControl, 'of'>,
  say: (session: string, news: TrafficNews) => void,
): TrafficWatches {
  const watched = new Map<string, () => void>();
  let closed = false;

  function remove(session: string): void {
    watched.get(session)?.();
    watched.delete(session);
  }

  return {
    add(session, afterReply) {
      if (closed) return [];
      const gate = createGate();
      const { flows, end } = sessions.of(session).traffic.watch((news) => gate.run(() => say(session, news)));
      remove(session);
      watched.set(session, end);
      afterReply(gate.open);
      return flows;
    },
    remove,
    removeAll() {
      closed = true;
      for (const session of [...watched.keys()]) remove(session);
    },
  };
}
