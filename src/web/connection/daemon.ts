import { subprotocol, tokenSubprotocol, webSocketPath } from '../../protocol/connection.ts';
import { type ErrorCode, errorCodes, HoplabError } from '../../protocol/errors.ts';
import { decodeFrame, type Frame } from '../../protocol/frame.ts';
import type { MethodName, Params, Result } from '../../protocol/methods.ts';
import type { RpcError } from '../../protocol/rpc-error.ts';

/** One connection to the daemon, from its hello to its end. */
export interface Daemon {
  protocol: number;
  call<N extends MethodName>(method: N, params: Params<N>): Promise<Result<N>>;
  send(frame: Uint8Array): void;
  close(): void;
}

export interface Hearing {
  notification(method: string, params: unknown): void;
  frame(frame: Frame): void;
  /** The connection that was there has ended. */
  end(): void;
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

/** Resolves after the daemon's hello; rejects when there is none. */
export function connect(token: string, hearing: Hearing): Promise<Daemon> {
  const socket = new WebSocket(webSocketPath, [subprotocol, `${tokenSubprotocol}${token}`]);
  socket.binaryType = 'arraybuffer';
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let greeted = false;

  return new Promise((resolve, reject) => {
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data !== 'string') {
        const frame = decodeFrame(new Uint8Array(data));
        if (frame) hearing.frame(frame);
        return;
      }
      const message: Message = JSON.parse(data);
      if (message.method === 'system.hello') {
        greeted = true;
        resolve(daemon((message.params as { protocol: number }).protocol));
      } else if (message.method !== undefined) hearing.notification(message.method, message.params);
      else answer(message);
    });
    socket.addEventListener('close', ({ reason }) => {
      const error = ended(reason);
      for (const each of waiting.values()) each.reject(error);
      waiting.clear();
      reject(error);
      if (greeted) hearing.end();
    });
  });

  function answer({ id, result, error }: Message): void {
    const asked = waiting.get(id ?? 0);
    waiting.delete(id ?? 0);
    if (error) asked?.reject(new HoplabError(error.data.code, error.message, error.data));
    else asked?.resolve(result);
  }

  function daemon(protocol: number): Daemon {
    return {
      protocol,
      call(method, params) {
        if (socket.readyState !== WebSocket.OPEN) return Promise.reject(ended(''));
        calls += 1;
        const id = calls;
        socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
        return new Promise((resolve, reject) => {
          waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
        });
      },
      send(frame) {
        if (socket.readyState === WebSocket.OPEN) socket.send(frame as Uint8Array<ArrayBuffer>);
      },
      close: () => socket.close(1000),
    };
  }
}

/** The server gives a code as the reason where it ended the connection on purpose. */
function ended(reason: string): HoplabError {
  const code = reason in errorCodes ? (reason as ErrorCode) : 'daemon-unreachable';
  return new HoplabError(code, 'the connection to the daemon ended', { reason });
}
