import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import { decodeFrame, type Frame } from '../../src/protocol/frame.ts';
import type { MethodName, Params } from '../../src/protocol/methods.ts';

export interface Message {
  id?: number | string | null;
  method?: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  params?: any;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came.
  result?: any;
  error?: { code: number; message: string; data: { code: string } & Record<string, unknown> };
}

/** A bare client: says anything, remembers everything in the order it came. */
export interface Client {
  socket: WebSocket;
  /** Messages and frames in order of arrival. */
  arrived: (Message | Frame)[];
  send(message: unknown): void;
  raw(data: string | Uint8Array): void;
  call<N extends MethodName>(method: N, params: Params<N>): Promise<Message>;
  /** The first message or frame, past ones included, that fits. */
  until<T extends Message | Frame>(fits: (each: Message | Frame) => each is T): Promise<T>;
  notification(method: string, fits?: (params: Message['params']) => boolean): Promise<Message>;
  closed: Promise<{ code: number; reason: string }>;
}

interface Scope {
  teardown(work: () => void): void;
}

export async function connect(
  scope: Scope,
  url: string,
  options: ClientOptions = {},
  protocols: string[] = [],
): Promise<Client> {
  const socket = new WebSocket(url, protocols, options);
  scope.teardown(() => socket.terminate());
  const arrived: (Message | Frame)[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer, isBinary) => {
    const frame = isBinary ? decodeFrame(data) : null;
    arrived.push(frame ?? JSON.parse(data.toString()));
    for (const look of waiting) look();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  let calls = 0;

  const client: Client = {
    socket,
    arrived,
    closed,
    send: (message) => socket.send(JSON.stringify(message)),
    raw: (data) => socket.send(data),
    call(method, params) {
      calls += 1;
      const id = `call ${calls}`;
      client.send({ jsonrpc: '2.0', id, method, params });
      return client.until((each): each is Message => 'id' in each && each.id === id);
    },
    until<T extends Message | Frame>(fits: (each: Message | Frame) => each is T) {
      return new Promise<T>((resolve) => {
        const look = () => {
          const found = arrived.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });
    },
    notification: (method, fits = () => true) =>
      client.until(
        (each): each is Message => 'method' in each && each.method === method && fits(each.params),
      ),
  };
  await once(socket, 'open');
  return client;
}
