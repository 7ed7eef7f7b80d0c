import type { Link } from '../connection/link.ts';
import { atBeat } from '../store/beat.ts';
import { createStore, type Store } from '../store/store.ts';
import type { Crossing, Flow } from './protocol-types.ts';

/** The packets that anybody sends in the machine, as long as somebody looks. */
export interface LiveTraffic {
  /** The newest first. */
  flows: Store<readonly Flow[]>;
  onCrossings(listener: (crossings: readonly Crossing[]) => void): () => void;
  /** Until the returned function is called. */
  watch(): () => void;
  stop(): void;
}

export function liveTraffic(link: Link, session: string): LiveTraffic {
  const flows = createStore<readonly Flow[]>([]);
  const known = new Map<number, Flow>();
  const listeners = new Set<(crossings: readonly Crossing[]) => void>();
  let watchers = 0;
  let watched = false;
  let news: { flows: readonly Flow[]; crossings: readonly Crossing[] }[] = [];
  let wait = () => {};

  /** A hidden page watches nothing: the daemon then samples nothing. */
  async function adjust(): Promise<void> {
    const wanted = watchers > 0 && document.visibilityState === 'visible';
    if (wanted === watched || link.state.get() !== 'open') return;
    watched = wanted;
    if (!wanted) return void link.call('traffic.unwatch', { session }).catch(() => {});
    const begun = await link.call('traffic.watch', { session }).catch(() => null);
    if (begun === null) return;
    // Numbers begin anew with each sampler.
    known.clear();
    news = [];
    take(begun.flows);
  }

  function take(changed: readonly Flow[]): void {
    for (const flow of changed) known.set(flow.number, flow);
    const sorted = [...known.values()].sort((one, other) => other.number - one.number);
    for (const { number } of sorted.slice(mostFlows)) known.delete(number);
    flows.set(sorted.slice(0, mostFlows));
  }

  /** Table and picture change together. */
  function tell(): void {
    const all = news;
    news = [];
    const changed = all.flatMap((each) => each.flows);
    if (changed.length > 0) take(changed);
    for (const { crossings } of all) for (const listener of listeners) listener(crossings);
  }

  const ends = [
    link.on('traffic.seen', (seen) => {
      if (seen.session !== session || !watched) return;
      if (news.length === 0) wait = atBeat(tell);
      news.push(seen);
    }),
    link.onOpen(() => {
      watched = false;
      void adjust();
    }),
  ];
  const onVisible = () => void adjust();
  document.addEventListener('visibilitychange', onVisible);

  return {
    flows,
    onCrossings(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch() {
      watchers += 1;
      void adjust();
      return () => {
        watchers -= 1;
        void adjust();
      };
    },
    stop() {
      watchers = 0;
      wait();
      void adjust();
      for (const end of ends) end();
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}

const mostFlows = 200;
