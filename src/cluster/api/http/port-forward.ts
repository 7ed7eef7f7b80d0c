import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SpdyConnection, type SpdyStream } from '../spdy/connection.ts';

type Dial = (port: number) => Promise<Duplex>;

/** A connection of the client has two streams, told apart by the header requestID. */
interface Forwarded {
  error?: SpdyStream;
  data?: SpdyStream;
}

/** kubectl port-forward (portforward.k8s.io): streams of SPDY, by WebSocket (SPDY/3.1+portforward.k8s.io) or without. */
export function forwardPorts(transport: Duplex, dial: Dial): void {
  const open = new Map<string, Forwarded>();
  new SpdyConnection(transport, (stream) => {
    const id = stream.headers.get('requestid') ?? '';
    const pair = {
      ...open.get(id),
      [stream.headers.get('streamtype') === 'error' ? 'error' : 'data']: stream,
    };
    open.set(id, pair);
    const { error, data } = pair;
    if (error === undefined || data === undefined) return;
    open.delete(id);
    void forward(error, data, dial);
  });
}

async function forward(error: SpdyStream, data: SpdyStream, dial: Dial): Promise<void> {
  try {
    const socket = await dial(Number(data.headers.get('port')));
    // Either side may leave first, and cut the other off.
    await Promise.allSettled([pipeline(data, socket), pipeline(socket, data)]);
  } catch (reason) {
    error.write(reason instanceof Error ? reason.message : String(reason));
    data.end();
  }
  error.end();
}
