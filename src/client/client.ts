import { JSONRPCClient } from 'json-rpc-2.0';
import type { HoplabError } from '../protocol/errors.ts';
import { decodeFrame, type Frame } from '../protocol/frame.ts';
import type { MethodName, Params, Result } from '../protocol/methods.ts';
import { protocolVersion } from '../protocol/version.ts';
import { answeredError, endedConnection, notJson, versionMismatch } from './errors.ts';
import { createListeners, type Listeners } from './listeners.ts';
import type { Socket } from './socket.ts';

/** One connection to the daemon, from its hello to its end. */
export interface Client {
  /** Rejects with a HoplabError: the daemon's own, or why the connection ended. */
  call<N extends MethodName>(method: N, params: Params<N>): Promise<Result<N>>;
  on: Listeners['on'];
  /** Bytes of terminals. The returned function ends it. */
  onFrame(listener: (frame: Frame) => void): () => void;
  /** Sends an encoded frame. */
  send(frame: Uint8Array<ArrayBuffer>): void;
  /** Rejects when the connection has ended, on either side. */
  lost: Promise<never>;
  close(): void;
}

export interface ClientOptions {
  /** Kept by a caller that connects again: they hear every connection. */
  listeners?: Listeners;
  /** Reads the text of a message. */
  parse?(text: string): unknown;
  /** Words a caller has of its own for the end of the connection. */
  ending?(error: HoplabError): HoplabError;
}

/**
 * Resolves after the daemon's hello. Rejects with `protocol-mismatch` where it is of another version, and
 * with why the connection ended where no hello came.
 */
export function connect(socket: Socket, options: ClientOptions = {}): Promise<Client> {
  const { listeners = createListeners(), parse = JSON.parse, ending = (error) => error } = options;
  const { promise: lost, reject } = Promise.withResolvers<never>();
  const frameListeners = new Set<(frame: Frame) => void>();
  let ended: HoplabError | null = null;
  const rpc = new JSONRPCClient((request) => {
    if (ended) throw ended;
    socket.send(JSON.stringify(request));
  });
  lost.catch(() => {});

  function end(error: HoplabError): void {
    if (ended) return;
    ended = ending(error);
    rpc.rejectAllPendingRequests(ended.message);
    reject(ended);
    socket.close(1000);
  }

  function receive(text: string): void {
    const message = parsed(text);
    if (message === undefined) end(notJson());
    else if (typeof message.method === 'string') listeners.notify(message.method, message.params);
    else rpc.receive(message);
  }

  // biome-ignore lint/suspicious/noExplicitAny: it goes to the library as it came.
  function parsed(text: string): any {
    try {
      return Object(parse(text));
    } catch {
      return undefined;
    }
  }

  socket.binaryType = 'arraybuffer';
  // A close follows an error; an event that is not listened to would end a node process.
  let failure = '';
  socket.addEventListener('error', ({ message = '' }) => {
    failure = message;
  });
  socket.addEventListener('close', ({ reason }) => end(endedConnection(reason, failure)));
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') return receive(data);
    const frame = data instanceof ArrayBuffer ? decodeFrame(new Uint8Array(data)) : null;
    if (frame) for (const listener of [...frameListeners]) listener(frame);
  });

  const client: Client = {
    async call(method, params) {
      try {
        return await rpc.request(method, params);
      } catch (error) {
        throw answeredError(error) ?? ended ?? error;
      }
    },
    on: listeners.on,
    onFrame(listener) {
      frameListeners.add(listener);
      return () => frameListeners.delete(listener);
    },
    send(frame) {
      if (!ended) socket.send(frame);
    },
    lost,
    close: () => socket.close(1000),
  };

  const hello = new Promise<Client>((resolve) => {
    const hush = listeners.on('system.hello', ({ protocol }) => {
      hush();
      if (protocol === protocolVersion) resolve(client);
      else end(versionMismatch(protocol));
    });
    lost.catch(hush);
  });
  return Promise.race([hello, lost]);
}
