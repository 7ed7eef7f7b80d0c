import { once } from 'node:events';
import t from 'tap';
import { WebSocket, WebSocketServer } from 'ws';
import { type ClientOptions, connect } from '../../src/client/client.ts';
import { createListeners } from '../../src/client/listeners.ts';
import { HoplabError } from '../../src/protocol/errors.ts';
import { encodeFrame } from '../../src/protocol/frame.ts';
import { protocolVersion } from '../../src/protocol/version.ts';
import { onSocket } from '../api/listening.ts';

/** A server that says what a test wants, and the client's options to connect to it. */
async function speaking(scope: { teardown(work: () => void): void }, speak: (socket: WebSocket) => void) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  scope.teardown(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await once(server, 'listening');
  server.on('connection', speak);
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : null;
  return (options?: ClientOptions) => connect(new WebSocket(`ws://127.0.0.1:${port}/ws`), options);
}

const hello = (protocol = protocolVersion) =>
  JSON.stringify({
    jsonrpc: '2.0',
    method: 'system.hello',
    params: { protocol, version: '1', languages: [] },
  });

t.test('a call resolves to its result, and rejects with the code and the data of the daemon', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(new WebSocket(url));
  t.match(await client.call('system.version', {}), { protocol: protocolVersion });
  const error = await client.call('sessions.get', { session: 'none' }).catch((reason) => reason);
  t.type(error, HoplabError);
  t.match(error, { code: 'session-not-found', data: { session: 'none', known: [] } });
  t.notOk('code' in error.data, 'the code is not in the data a second time');
  client.close();
  await t.rejects(client.lost, { code: 'daemon-unreachable' });
  await t.rejects(client.call('system.version', {}), { code: 'daemon-unreachable' });
});

t.test('answers find their calls in whatever order they come', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(new WebSocket(url));
  t.teardown(() => client.close());
  const [doctor, version, labs] = await Promise.all([
    client.call('system.doctor', {}),
    client.call('system.version', {}),
    client.call('labs.list', {}),
  ]);
  t.type(doctor.ok, 'boolean');
  t.equal(version.protocol, protocolVersion);
  t.equal(labs.labs[0]?.id, 'network-namespaces');
});

t.test('a daemon of another protocol is refused, and the caller has the word on it', async (t) => {
  const open = await speaking(t, (socket) => socket.send(hello(99)));
  await t.rejects(open(), { code: 'protocol-mismatch', data: { daemon: 99, client: protocolVersion } });
  const ending = ({ code }: HoplabError) => new HoplabError(code, 'in other words');
  await t.rejects(open({ ending }), { code: 'protocol-mismatch', message: 'in other words' });
});

t.test('the reason of the end reaches every call that waits', async (t) => {
  const open = await speaking(t, (socket) => {
    socket.send(hello());
    socket.on('message', () => socket.close(1013, 'slow-consumer'));
  });
  const client = await open();
  const calls: Promise<unknown>[] = [client.call('labs.list', {}), client.call('system.version', {})];
  for (const call of calls) await t.rejects(call, { code: 'slow-consumer' });
  await t.rejects(client.lost, { code: 'slow-consumer' });
});

t.test('a message that is not JSON ends the connection, with a code', async (t) => {
  const open = await speaking(t, (socket) => {
    socket.send(hello());
    socket.on('message', () => socket.send('{"jsonrpc":'));
  });
  await t.rejects((await open()).call('labs.list', {}), { code: 'message-invalid' });
});

t.test('listeners are called until they are removed, over connections if they are kept', async (t) => {
  const exit = (terminal: number) =>
    JSON.stringify({
      jsonrpc: '2.0',
      method: 'terminal.exit',
      params: { terminal, exitCode: 0, signal: null },
    });
  let connections = 0;
  const open = await speaking(t, (socket) => {
    connections += 1;
    socket.send(hello());
    socket.send(exit(connections));
    socket.on('message', (text) => {
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(`${text}`).id, result: { labs: [] } }));
    });
  });
  const listeners = createListeners();
  const heard: number[] = [];
  const hush = listeners.on('terminal.exit', ({ terminal }) => heard.push(terminal));
  for (const round of [1, 2, 3]) {
    if (round === 3) hush();
    const client = await open({ listeners });
    // Its answer comes behind the notification.
    await client.call('labs.list', {});
    client.close();
    await client.lost.catch(() => {});
  }
  t.same(heard, [1, 2]);
});

t.test('a connection that was refused says why', async (t) => {
  const refusing = async (code: number) => {
    const server = new WebSocketServer({
      ...{ host: '127.0.0.1', port: 0 },
      verifyClient: (_, answer) => answer(false, code),
    });
    t.teardown(() => server.close());
    await once(server, 'listening');
    const { port } = Object(server.address());
    return connect(new WebSocket(`ws://127.0.0.1:${port}/ws`));
  };
  await t.rejects(refusing(401), { code: 'unauthorized' });
  await t.rejects(refusing(403), { code: 'daemon-unreachable', message: /ended: .*403$/ });
});

t.test('frames reach the listener, and are sent as bytes', async (t) => {
  const open = await speaking(t, (socket) => {
    socket.send(hello());
    socket.on('message', (data, isBinary) => isBinary && socket.send(data));
  });
  const client = await open();
  t.teardown(() => client.close());
  const echoed = new Promise((resolve) => client.onFrame(resolve));
  client.send(encodeFrame({ kind: 'stdin', terminal: 7, payload: new TextEncoder().encode('ip addr') }));
  t.match(await echoed, { kind: 'stdin', terminal: 7, payload: new TextEncoder().encode('ip addr') });
});
