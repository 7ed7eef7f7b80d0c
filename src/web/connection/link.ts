import { type Client, connect } from '../../client/client.ts';
import { createListeners } from '../../client/listeners.ts';
import { HoplabError } from '../../protocol/errors.ts';
import type { Frame } from '../../protocol/frame.ts';
import { createStore, type Store } from '../store/store.ts';
import { openSocket } from './open-socket.ts';

/**
 * - `lost`: it was there, or never was; it is tried again and again.
 * - `unauthorized`, `mismatch`: trying again would not help.
 */
export type LinkState = 'connecting' | 'open' | 'lost' | 'unauthorized' | 'mismatch';

/** The way to the daemon for as long as the page is open, over as many connections as it takes. */
export interface Link {
  state: Store<LinkState>;
  call: Client['call'];
  send: Client['send'];
  on: Client['on'];
  /** The bytes of one terminal. */
  onFrame(terminal: number, listener: (frame: Frame) => void): () => void;
  /** Called now if there is a connection, and on every new one. */
  onOpen(listener: () => void): () => void;
  close(): void;
}

const firstWait = 200;
const longestWait = 3000;

export function createLink(token: string): Link {
  const state = createStore<LinkState>('connecting');
  const listeners = createListeners();
  const terminals = new Map<number, (frame: Frame) => void>();
  const openings = new Set<() => void>();
  let client: Client | null = null;
  let wait = firstWait;
  let timer: number | undefined;
  let closed = false;

  async function attempt(): Promise<void> {
    clearTimeout(timer);
    try {
      const next = await connect(openSocket(token), { listeners });
      if (closed) return next.close();
      client = next;
      wait = firstWait;
      terminals.clear();
      next.onFrame((frame) => terminals.get(frame.terminal)?.(frame));
      next.lost.catch(end);
      state.set('open');
      for (const listener of [...openings]) listener();
    } catch (error) {
      if (error instanceof HoplabError && error.code === 'protocol-mismatch') state.set('mismatch');
      else if (await isUnauthorized(token)) state.set('unauthorized');
      else end();
    }
  }

  function end(): void {
    client = null;
    if (closed) return;
    state.set('lost');
    timer = window.setTimeout(attempt, wait);
    wait = Math.min(wait * 2, longestWait);
  }

  /** The page is looked at, or the network is back: connect now. */
  function hurry(): void {
    if (state.get() === 'lost' && document.visibilityState === 'visible') void attempt();
  }
  document.addEventListener('visibilitychange', hurry);
  window.addEventListener('online', hurry);
  void attempt();

  return {
    state,
    call: (method, params) => client?.call(method, params) ?? Promise.reject(unreachable()),
    send: (frame) => client?.send(frame),
    on: listeners.on,
    onFrame(terminal, listener) {
      terminals.set(terminal, listener);
      return () => {
        if (terminals.get(terminal) === listener) terminals.delete(terminal);
      };
    },
    onOpen(listener) {
      openings.add(listener);
      if (client) listener();
      return () => openings.delete(listener);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', hurry);
      window.removeEventListener('online', hurry);
      client?.close();
    },
  };
}

/** A browser does not report why an upgrade was refused; a plain request does. */
async function isUnauthorized(token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch('/openrpc.json', { method: 'HEAD', headers }).catch(() => null);
  return response?.status === 401;
}

const unreachable = () => new HoplabError('daemon-unreachable', 'there is no connection to the daemon');
