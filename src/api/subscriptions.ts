import type { ChangeKind } from '../core/check/changes.ts';
import type { SessionControl } from '../core/session/control.ts';
import type { NumberedEvent } from '../core/session/event.ts';
import { createGate } from './gate.ts';

/** The sessions one connection listens to; at most once each. */
export interface Subscriptions {
  /** Sends the events after `after`; the first one follows the reply to the request. */
  add(session: string, after: number, afterReply: (work: () => void) => void): void;
  remove(session: string): void;
  removeAll(): void;
}

export function createSubscriptions(
  sessions: Pick<SessionControl, 'of'>,
  say: (session: string, event: NumberedEvent) => void,
  changed: (session: string, changes: ChangeKind[]) => void,
): Subscriptions {
  const subscribed = new Map<string, () => void>();
  let closed = false;

  function remove(session: string): void {
    subscribed.get(session)?.();
    subscribed.delete(session);
  }

  return {
    add(session, after, afterReply) {
      if (closed) return;
      const gate = createGate();
      const unsubscribe = sessions.of(session).subscribe(
        after,
        (event) => gate.run(() => say(session, event)),
        (changes) => gate.run(() => changed(session, changes)),
      );
      remove(session);
      subscribed.set(session, unsubscribe);
      afterReply(gate.open);
    },
    remove,
    removeAll() {
      closed = true;
      for (const session of [...subscribed.keys()]) remove(session);
    },
  };
}
