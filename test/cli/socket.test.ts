import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createStreamServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { type WebSocket, WebSocketServer } from 'ws';
import { encodeMessage, messageReader, opcodes } from '../../src/cli/socket/frames.ts';
import { openLocal } from '../../src/cli/socket/local.ts';
import type { OpenSocket } from '../../src/cli/socket/open-socket.ts';

interface Scope {
  teardown(work: () => void): void;
}

async function listening(scope: Scope, server: Server): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'hoplab-socket-'));
  const path = join(directory, 'socket');
  server.listen(path);
  scope.teardown(() => {
    server.close();
    rmSync(directory, { recursive: true });
  });
  await once(server, 'listening');
  return path;
}

/** A server of `ws`, which the daemon's doors are, that does this with a client. */
async function serving(scope: Scope, serve: (socket: WebSocket) => void): Promise<string> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', serve);
  scope.teardown(() => {
    for (const client of sockets.clients) client.terminate();
  });
  return listening(scope, server);
}

const messageOf = (socket: OpenSocket) =>
  new Promise<unknown>((resolve) => socket.addEventListener('message', ({ data }) => resolve(data)));
const closeOf = (socket: OpenSocket) =>
  new Promise<string>((resolve) => socket.addEventListener('close', ({ reason }) => resolve(reason)));

t.test('messages of every length go both ways as they are', async (t) => {
  const path = await serving(t, (socket) =>
    socket.on('message', (data, binary) => socket.send(data, { binary })),
  );
  for (const length of [0, 1, 125, 126, 65_535, 65_536, 1_000_000]) {
    const socket = await openLocal(path);
    const text = '네'.repeat(length);
    const [echoed, ended] = [messageOf(socket), closeOf(socket)];
    socket.send(text);
    t.ok((await echoed) === text, `${length} characters`);
    const bytes = Uint8Array.from({ length }, (_, at) => at % 251);
    const back = messageOf(socket);
    socket.send(bytes);
    const data = await back;
    t.ok(data instanceof ArrayBuffer && Buffer.from(data).equals(bytes), `${length} bytes`);
    socket.close();
    t.equal(await ended, '');
  }
});

t.test('nothing said with the upgrade is lost; a ping is answered; the close has its reason', async (t) => {
  const code = Promise.withResolvers<number>();
  const path = await serving(t, (socket) => {
    socket.send('first');
    socket.on('close', code.resolve);
    socket.on('pong', (data) => {
      socket.send(`pong ${data}`);
      socket.close(1013, 'slow-consumer');
    });
    socket.ping('x');
  });
  const socket = await openLocal(path);
  const heard: unknown[] = [];
  socket.addEventListener('message', ({ data }) => heard.push(data));
  t.equal(await closeOf(socket), 'slow-consumer');
  t.strictSame(heard, ['first', 'pong x']);
  t.equal(await code.promise, 1013, 'it was answered');
  socket.send('to nobody');
  socket.close();
});

t.test('what is no upgrade is an error, with the words of the server', async (t) => {
  const refusing = createServer();
  refusing.on('upgrade', (_request, socket) =>
    socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno'),
  );
  const refused = await openLocal(await listening(t, refusing)).catch((error) => error);
  t.match(refused, { name: 'Error', body: 'no' });
  const silent = createStreamServer((stream) => stream.end());
  await t.rejects(openLocal(await listening(t, silent)), { code: 'ECONNRESET' });
  await t.rejects(openLocal('/nonexistent/socket'), { code: 'ENOENT' });
  const gone = await serving(t, (socket) => socket.terminate());
  t.equal(await closeOf(await openLocal(gone)), '', 'a connection that just ends');
});

t.test('messages are found however the bytes are cut, and in several frames', async () => {
  const piece = fc.record({
    binary: fc.boolean(),
    parts: fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 3 }),
    ping: fc.boolean(),
  });
  /** As a server sends it: without a mask. */
  const unmasked = (opcode: number, payload: Uint8Array, final: boolean) => {
    const frame = encodeMessage(opcode, payload);
    frame[0] = (final ? 0x80 : 0) | opcode;
    frame[1] = (frame[1] ?? 0) & 0x7f;
    const start = frame.length - payload.length;
    return Buffer.concat([frame.subarray(0, start - 4), frame.subarray(start)]);
  };
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), fc.array(fc.nat(200)), (pieces, cuts) => {
      const sent = pieces.map(({ binary, parts }) => ({
        opcode: binary ? opcodes.binary : opcodes.text,
        payload: Buffer.concat(parts),
      }));
      const bytes = Buffer.concat(
        pieces.flatMap(({ binary, parts, ping }) =>
          parts.flatMap((part, at) => [
            unmasked(
              at > 0 ? opcodes.continuation : binary ? opcodes.binary : opcodes.text,
              part,
              at === parts.length - 1,
            ),
            ...(ping ? [unmasked(opcodes.ping, Buffer.from('p'), true)] : []),
          ]),
        ),
      );
      const read = messageReader();
      let at = 0;
      const chunks = [...cuts, bytes.length].map((length) => {
        at += length;
        return bytes.subarray(at - length, at);
      });
      const heard = chunks.flatMap(read).filter(({ opcode }) => opcode !== opcodes.ping);
      return (
        heard.length === sent.length &&
        heard.every(
          ({ opcode, payload }, at) =>
            opcode === sent[at]?.opcode && payload.equals(sent[at]?.payload ?? Buffer.from('?')),
        )
      );
    }),
  );
});
