import { connect, type Socket as Stream } from 'node:net';
import { webSocketPath } from '../../protocol/connection.ts';
import { encodeMessage, messageReader, opcodes } from './frames.ts';
import type { OpenSocket } from './open-socket.ts';
import { Refusal } from './refusal.ts';

/**
 * A WebSocket over the daemon's Unix socket, which hands on nothing before the caller can listen. `ws` has node load
 * its HTTP client and its cryptography first, which takes longer than all that most commands do.
 * Rejects with the error of the socket, or with a Refusal.
 */
export function openLocal(path: string): Promise<OpenSocket> {
  return new Promise((resolve, reject) => {
    const stream = connect(path);
    let head = Buffer.alloc(0);
    const ended = () => {
      const [, body] = parted(head);
      reject(body.length > 0 ? new Refusal(body.toString()) : hungUp());
    };
    stream.on('error', reject).on('close', ended);
    stream.on('data', (chunk) => {
      head = Buffer.concat([head, chunk]);
      const [first, rest] = parted(head);
      if (!first.startsWith('HTTP/1.1 101 ')) return;
      for (const event of ['error', 'close', 'data']) stream.removeAllListeners(event);
      stream.pause();
      if (rest.length > 0) stream.unshift(rest);
      resolve(overStream(stream));
      setImmediate(() => stream.resume());
    });
    stream.write(upgrade);
  });
}

/** The key shows a client that no cache answers; there is none between two ends of a Unix socket. */
const upgrade = [
  `GET ${webSocketPath} HTTP/1.1`,
  'Host: localhost',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${Buffer.from('hoplab, local in').toString('base64')}`,
  '\r\n',
].join('\r\n');

const hungUp = () => Object.assign(new Error('the socket hung up'), { code: 'ECONNRESET' });

/** The headers of an answer, empty as long as they are not complete; what follows them. */
function parted(answer: Buffer): [headers: string, rest: Buffer] {
  const end = answer.indexOf('\r\n\r\n');
  return end < 0 ? ['', Buffer.alloc(0)] : [answer.toString('latin1', 0, end), answer.subarray(end + 4)];
}

function overStream(stream: Stream): OpenSocket {
  const listeners = { message: [], close: [], error: [] } as Record<string, ((event: never) => void)[]>;
  const tell = (type: string, event: object) => {
    for (const listener of listeners[type] ?? []) listener(event as never);
  };
  const read = messageReader();
  let [closing, reason] = [false, ''];
  const write = (opcode: number, payload: Uint8Array) => {
    if (!closing && stream.writable) stream.write(encodeMessage(opcode, payload));
  };
  const close = (payload: Uint8Array) => {
    write(opcodes.close, payload);
    closing = true;
  };
  stream.on('data', (chunk) => {
    for (const { opcode, payload } of read(chunk)) {
      if (opcode === opcodes.text) tell('message', { data: payload.toString() });
      if (opcode === opcodes.binary) tell('message', { data: new Uint8Array(payload).buffer });
      if (opcode === opcodes.ping) write(opcodes.pong, payload);
      if (opcode === opcodes.close) {
        // Two bytes of code, then the reason.
        reason = payload.toString('utf8', 2);
        close(payload);
        stream.end();
      }
    }
  });
  stream.on('error', () => tell('error', {}));
  stream.on('close', () => tell('close', { reason }));
  return {
    binaryType: 'arraybuffer',
    send: (data) =>
      typeof data === 'string' ? write(opcodes.text, Buffer.from(data)) : write(opcodes.binary, data),
    close(code = 1000) {
      close(Buffer.from([code >> 8, code & 0xff]));
    },
    addEventListener(type: string, listener: (event: never) => void) {
      listeners[type]?.push(listener);
    },
    terminate: () => stream.destroy(),
  };
}
