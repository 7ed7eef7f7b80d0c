import type { NotificationName, NotificationParams } from '../protocol/notifications.ts';

/** The listeners of each notification. They outlive a connection if they are handed to the next one. */
export interface Listeners {
  /** The returned function ends it. */
  on<N extends NotificationName>(name: N, listener: (params: NotificationParams<N>) => void): () => void;
  /** Calls the listeners of a notification; of an unknown one there are none. */
  notify(name: string, params: unknown): void;
}

export function createListeners(): Listeners {
  const listeners = new Map<string, Set<(params: never) => void>>();
  return {
    on(name, listener) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => known.delete(listener);
    },
    notify(name, params) {
      // The daemon's schema of the notification, which `on` has taken the type from.
      for (const listener of [...(listeners.get(name) ?? [])]) listener(params as never);
    },
  };
}
