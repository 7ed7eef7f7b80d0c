import { HoplabError } from '../../protocol/errors.ts';
import type { Frame } from '../../protocol/frame.ts';
import type { MethodName, Params, Result } from '../../protocol/methods.ts';
import type { NotificationName, NotificationParams } from '../../protocol/notifications.ts';
import { protocolVersion } from '../../protocol/version.ts';
import { createStore, type Store } from '../state/store.ts';
import { connect, type Daemon } from './daemon.ts';

/**
 * - `lost`: it was there, or never was; it is tried again and again.
 * - `unauthorized`, `mismatch`: trying again would not help.
 */
export type LinkState = 'connecting' | 'open' | 'lost' | 'unauthorized' | 'mismatch';

/** The way to the daemon for as long as the page is open, over as many connections as it takes. */
export interface Link {
  state: Store<LinkState>;
  call<N extends MethodName>(method: N, params: Params<N>): Promise<Result<N>>;
  send(frame: Uint8Array): void;
  on<N extends NotificationName>(method: N, listener: (params: NotificationParams<N>) => void): () => void;
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
  const listeners = new Map<string, Set<(params: never) => void>>();
  const terminals = new Map<number, (frame: Frame) => void>();
  const openings = new Set<() => void>();
  let daemon: Daemon | null = null;
  let wait = firstWait;
  let timer: number | undefined;
  let closed = false;

  async function attempt(): Promise<void> {
    clearTimeout(timer);
    try {
      const next = await connect(token, { notification, frame, end });
      if (closed) return next.close();
      if (next.protocol !== protocolVersion) {
        state.set('mismatch');
        return next.close();
      }
      daemon = next;
      wait = firstWait;
      terminals.clear();
      state.set('open');
      for (const listener of [...openings]) listener();
    } catch {
      if (await isUnauthorized(token)) state.set('unauthorized');
      else end();
    }
  }

  function end(): void {
    daemon = null;
    if (closed || state.get() === 'mismatch') return;
    state.set('lost');
    timer = window.setTimeout(attempt, wait);
    wait = Math.min(wait * 2, longestWait);
  }

  function notification(method: string, params: unknown): void {
    for (const listener of listeners.get(method) ?? []) listener(params as never);
  }

  function frame(received: Frame): void {
    terminals.get(received.terminal)?.(received);
  }

  /** Somebody looks at the page, or the network is back: now is the time. */
  function hurry(): void {
    if (state.get() === 'lost' && document.visibilityState === 'visible') void attempt();
  }
  document.addEventListener('visibilitychange', hurry);
  window.addEventListener('online', hurry);
  void attempt();

  return {
    state,
    call: (method, params) => daemon?.call(method, params) ?? Promise.reject(unreachable()),
    send: (bytes) => daemon?.send(bytes),
    on(method, listener) {
      const known = listeners.get(method) ?? new Set();
      listeners.set(method, known.add(listener as (params: never) => void));
      return () => known.delete(listener as (params: never) => void);
    },
    onFrame(terminal, listener) {
      terminals.set(terminal, listener);
      return () => {
        if (terminals.get(terminal) === listener) terminals.delete(terminal);
      };
    },
    onOpen(listener) {
      openings.add(listener);
      if (daemon) listener();
      return () => openings.delete(listener);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', hurry);
      window.removeEventListener('online', hurry);
      daemon?.close();
    },
  };
}

/** A browser does not tell why an upgrade was refused; a plain request does. */
async function isUnauthorized(token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch('/openrpc.json', { method: 'HEAD', headers }).catch(() => null);
  return response?.status === 401;
}

const unreachable = () => new HoplabError('daemon-unreachable', 'there is no connection to the daemon');
