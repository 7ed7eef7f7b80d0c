import type { Link } from '../connection/link.ts';
import { createStore, type Store } from '../store/store.ts';
import type { Observation } from './protocol-types.ts';
import type { Following } from './session.ts';

/** The kernel's state, requested again whenever the daemon reports a change. */
export interface Live {
  observation: Store<Observation | null>;
  stop(): void;
}

export function watch(link: Link, session: string, following: Following): Live {
  const observation = createStore<Observation | null>(null);
  let known = '';
  let looking = false;
  let lookAgain = true;
  let stopped = false;

  async function look(): Promise<void> {
    lookAgain = true;
    // A hidden page looks when it becomes visible again.
    if (looking || stopped || document.visibilityState !== 'visible') return;
    lookAgain = false;
    looking = true;
    const seen = await link.call('topology.get', { session, shared: true }).catch(() => null);
    looking = false;
    const text = seen ? JSON.stringify(seen) : known;
    // The same state again is no news.
    if (seen && text !== known) observation.set(seen);
    known = text;
    if (lookAgain) void look();
  }

  const ends = [
    link.on('topology.changed', (changed) => {
      if (changed.session === session) void look();
    }),
    following.onEvent(({ event }) => {
      if (event.type === 'machine') void look();
    }),
    link.onOpen(() => void look()),
  ];
  const onVisible = () => {
    if (lookAgain) void look();
  };
  document.addEventListener('visibilitychange', onVisible);

  return {
    observation,
    stop() {
      stopped = true;
      for (const end of ends) end();
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}
