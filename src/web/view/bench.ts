import { HoplabError } from '../../protocol/errors.ts';
import type { Link } from '../connection/link.ts';
import { createTerminals, type Terminals } from '../shells/terminals.ts';
import { type Live, watch } from '../state/live.ts';
import { type Following, follow } from '../state/session.ts';
import { type LiveTraffic, liveTraffic } from '../state/traffic.ts';
import { createStore, type Store } from '../store/store.ts';
import { wordsNow } from '../words/use-words.ts';
import type { PacketQuestion, Sent } from './sent.ts';

/** Everything one open session of the page works with; lives as long as its view. */
export interface Bench {
  link: Link;
  session: string;
  following: Following;
  live: Live;
  terminals: Terminals;
  traffic: LiveTraffic;
  /**
   * The progress of the current action: 0 to 1, or null while that is not known; undefined without an action.
   */
  busy: Store<number | null | undefined>;
  notice: Store<string | null>;
  /** Does one thing at a time; an error becomes the notice. */
  act<T>(work: (progress: string) => Promise<T>): Promise<T | undefined>;
  /** Types a command into the terminal of its node; why it cannot be becomes the notice. */
  type(node: string, run: string): void;
  /** How many commands wait for their prompt. */
  typing: Store<number>;
  /** The last packet that was sent in this machine. */
  sent: Store<Sent | null>;
  /** A packet to send as soon as the packets are open. */
  asked: Store<PacketQuestion | null>;
  stop(): void;
}

export function createBench(link: Link, session: string): Bench {
  const following = follow(link, session);
  const live = watch(link, session, following);
  const terminals = createTerminals(link, session, following);
  const traffic = liveTraffic(link, session);
  const busy = createStore<number | null | undefined>(undefined);
  const notice = createStore<string | null>(null);
  const typing = createStore(0);
  const sent = createStore<Sent | null>(null);
  const asked = createStore<PacketQuestion | null>(null);
  let acts = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function perform<T>(work: (progress: string) => Promise<T>): Promise<T | undefined> {
    acts += 1;
    busy.set(null);
    notice.set(null);
    try {
      return await work(`page ${acts}`);
    } catch (error) {
      notice.set(saidOf(error));
      return undefined;
    } finally {
      busy.set(undefined);
    }
  }

  // Another machine: the packet's path is not there any more.
  const forget = following.onEvent(({ event }) => {
    if (event.type === 'machine') sent.set(null);
  });
  const deafen = link.on('progress', ({ id, done, total }) => {
    if (id === `page ${acts}`) busy.set(done / total);
  });

  return {
    link,
    session,
    following,
    live,
    terminals,
    traffic,
    busy,
    notice,
    typing,
    sent,
    asked,
    type(node, run) {
      typing.update((count) => count + 1);
      void terminals.type(node, run).then((why) => {
        typing.update((count) => count - 1);
        notice.set(why);
      });
    },
    act(work) {
      // Confirmed while the answer of another is on its way, it comes behind that one: it must not get lost.
      const turn = last.then(() => perform(work));
      last = turn;
      return turn;
    },
    stop() {
      deafen();
      forget();
      terminals.stop();
      traffic.stop();
      live.stop();
      following.stop();
    },
  };
}

export function saidOf(error: unknown): string {
  const known = error instanceof HoplabError ? error : new HoplabError('internal', (error as Error).message);
  return wordsNow().lab.failed(known);
}
