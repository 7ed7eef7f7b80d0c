import { WebSocket } from 'ws';
import { type ErrorCode, errorCodes, HoplabError } from '../protocol/errors.ts';
import { decodeFrame, type Frame } from '../protocol/frame.ts';
import type { MethodName, Params, Result } from '../protocol/methods.ts';
import type { NotificationName, NotificationParams } from '../protocol/notifications.ts';
import type { RpcError } from '../protocol/rpc-error.ts';
import { protocolVersion } from '../protocol/version.ts';
import type { Words } from '../words/en/cli.ts';
import { addressOf } from './address.ts';
import { harmless } from './harmless.ts';
import { openSocket } from './open-socket.ts';
import { SpokenError } from './spoken-error.ts';

/** The daemon at the other end of a connection. */
export interface Daemon {
  call<N extends MethodName>(method: N, params: Params<N>): Promise<Result<N>>;
  on<N extends NotificationName>(method: N, listener: (params: NotificationParams<N>) => void): void;
  onFrame(listener: (frame: Frame) => void): void;
  send(frame: Uint8Array): void;
  /** Rejects when the connection ends before `close`. */
  lost: Promise<never>;
  close(): void;
}

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: RpcError;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Connects and hears the daemon's hello. */
export async function connect(
  words: Words,
  env: NodeJS.ProcessEnv,
  url: string | undefined,
  json: boolean,
): Promise<Daemon> {
  const address = addressOf(env, url);
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, (params: never) => void>();
  let frameListener: (frame: Frame) => void = () => {};
  let calls = 0;

  const socket = await openSocket(address, env.HOPLAB_TOKEN, words);
  const lost = new Promise<never>((_, reject) => {
    socket.on('close', (_code, reason) => {
      const error = broken(reason.toString(), words);
      for (const each of waiting.values()) each.reject(error);
      reject(error);
    });
  });
  lost.catch(() => {});

  function receive({ id, method, params, result, error }: Message): void {
    if (method !== undefined) {
      listeners.get(method)?.(params as never);
      return;
    }
    const asked = waiting.get(id ?? 0);
    waiting.delete(id ?? 0);
    if (error) asked?.reject(new HoplabError(error.data.code, error.message, withoutCode(error)));
    else asked?.resolve(result);
  }

  const daemon: Daemon = {
    lost,
    call(method, params) {
      calls += 1;
      const id = calls;
      const answer = new Promise<Result<typeof method>>((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      });
      if (socket.readyState !== WebSocket.OPEN) return lost;
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      return answer;
    },
    on: (method, listener) => listeners.set(method, listener),
    onFrame(listener) {
      frameListener = listener;
    },
    send: (frame) => socket.send(frame),
    close() {
      socket.close(1000);
      // A daemon that does not say goodbye back must not hold the command.
      setTimeout(() => socket.terminate(), 1000).unref();
    },
  };

  const hello = new Promise<NotificationParams<'system.hello'>>((resolve) =>
    daemon.on('system.hello', resolve),
  );
  socket.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) {
      const message = JSON.parse(data.toString());
      return receive(json ? message : (harmless(message) as Message));
    }
    const frame = decodeFrame(data);
    if (frame) frameListener(frame);
  });
  const { protocol } = await Promise.race([hello, lost]);
  if (protocol !== protocolVersion) {
    socket.close();
    const versions = { daemon: protocol, client: protocolVersion };
    throw new SpokenError('protocol-mismatch', words.mismatch(protocol, protocolVersion), versions);
  }
  return daemon;
}

/** The server gives a code as the reason where it ended the connection on purpose. */
function broken(reason: string, words: Words): HoplabError {
  const known = reason in errorCodes ? (reason as ErrorCode) : null;
  if (known) return new HoplabError(known, words.lost);
  return new SpokenError('daemon-unreachable', words.lost, { reason });
}

function withoutCode({ data: { code: _, ...data } }: RpcError): Record<string, unknown> {
  return data;
}
