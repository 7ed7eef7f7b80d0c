import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { WebSocket } from 'ws';
import { maxBatch, maxBatchBytes } from '../../src/protocol/connection.ts';
import { connect, type Message } from './client.ts';
import { onSocket, onTcp } from './listening.ts';

t.test('a client that does not read is cut, and the others are served', async (t) => {
  const { url, double, logged } = await onSocket(t, { slowLimit: 64 * 1024 });
  const slow = await connect(t, url);
  const other = await connect(t, url);
  await slow.call('sessions.start', { lab: 'network-namespaces' });
  await slow.call('sessions.subscribe', {});
  slow.socket.pause();
  const output = 'x'.repeat(16 * 1024);
  let replies = 0;
  while (!logged.some(({ msg }) => msg === 'connection cut')) {
    double.emit('s1', { type: 'line', step: 'isolation', on: 'host', run: 'yes', exitCode: 0, output });
    replies += 1;
    // The kernel's own buffers fill first; a turn of the loop lets the socket write.
    await new Promise(setImmediate);
    if (replies > 1000) throw new Error('never cut');
  }
  slow.socket.resume();
  t.same(await slow.closed, { code: 1013, reason: 'slow-consumer' });
  t.ok((slow.arrived as Message[]).filter(({ method }) => method === 'session.event').length <= replies);
  t.match(await other.call('system.version', {}), { result: { protocol: 1 } });
});

t.test('other clients are answered between the requests of a batch', async (t) => {
  const { url } = await onSocket(t);
  const flood = await connect(t, url);
  const other = await connect(t, url);
  // The answer of the largest kind, as often as a batch allows.
  flood.send(
    Array.from({ length: maxBatch }, (_, id) => ({ jsonrpc: '2.0', id, method: 'rpc.discover', params: {} })),
  );
  for (let count = 0; count < 5; count++) {
    t.match(await other.call('system.version', {}), { result: { protocol: 1 } });
    t.notOk(flood.arrived.some(Array.isArray), 'the batch is not answered yet');
  }
  const isBatch = (each: unknown): each is Message[] & Message => Array.isArray(each);
  const answers: Message[] = await flood.until(isBatch);
  t.same(
    answers.map(({ id }) => id),
    Array.from({ length: maxBatch }, (_, id) => id),
    'every request has its answer',
  );
  t.ok(answers[0]?.result, 'the first as asked');
  t.match(answers.at(-1)?.error?.data, { code: 'request-limit', limit: maxBatchBytes }, 'the last refused');
  const whole = JSON.stringify(answers.filter(({ result }) => result)).length;
  const one = JSON.stringify(answers[0]).length;
  t.ok(whole > maxBatchBytes - one && whole < maxBatchBytes + 2 * one, 'the limit is used, and held');
});

t.test('nothing more is begun for a client that was cut', async (t) => {
  const { url, logged, double } = await onSocket(t, { slowLimit: 1024 });
  const slow = await connect(t, url);
  const other = await connect(t, url);
  await slow.call('sessions.start', { lab: 'network-namespaces' });
  let begun = 0;
  double.instead.check = async () => {
    begun += 1;
    return [];
  };
  slow.socket.pause();
  slow.send({ jsonrpc: '2.0', id: 1, method: 'rpc.discover', params: {} });
  while (!logged.some(({ msg }) => msg === 'connection cut')) {
    slow.send({ jsonrpc: '2.0', id: 2, method: 'rpc.discover', params: {} });
    await other.call('system.version', {});
  }
  for (let id = 3; id < 20; id++) slow.send({ jsonrpc: '2.0', id, method: 'checks.run', params: {} });
  slow.socket.resume();
  t.same(await slow.closed, { code: 1013, reason: 'slow-consumer' });
  t.equal(begun, 0);
});

t.test('a client that answers no ping is gone; one that does stays', async (t) => {
  const { url, run } = await onSocket(t, { heartbeat: 50 });
  const living = await connect(t, url);
  const dead = new WebSocket('ws://localhost/ws', {
    autoPong: false,
    createConnection: () => connectSocket(`${run}/hoplab.sock`),
  });
  const code = await new Promise((resolve) => dead.on('close', resolve));
  t.equal(code, 1006, 'ended without goodbye');
  t.match(await living.call('system.version', {}), { result: { protocol: 1 } });
});

t.test('closes a connection without a request; keeps a silent WebSocket', async (t) => {
  const { url, run } = await onSocket(t, { silence: 200 });
  const client = await connect(t, url);
  const silent = connectSocket(`${run}/hoplab.sock`);
  silent.resume();
  await new Promise((resolve) => silent.on('close', resolve));
  await setTimeout(400);
  t.match(await client.call('system.version', {}), { result: { protocol: 1 } });
});

t.test('closes a connection whose request comes byte by byte', async (t) => {
  const { run } = await onSocket(t, { silence: 500 });
  const slow = connectSocket(`${run}/hoplab.sock`).resume();
  slow.on('error', () => {});
  slow.write(
    'POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n',
  );
  const trickle = setInterval(() => slow.write(' '), 50);
  // A write may fail first; once() would take that for the end.
  await new Promise((resolve) => slow.on('close', resolve));
  clearInterval(trickle);
  t.pass('it is closed');
});

t.test('there are only so many connections at a time', async (t) => {
  const { url, run } = await onSocket(t, { connections: 4 });
  const client = await connect(t, url);
  const many = Array.from({ length: 20 }, () => connectSocket(`${run}/hoplab.sock`).resume());
  const closed = many.map((one) => new Promise((resolve) => one.on('close', resolve)));
  await Promise.all(closed.map((one, index) => (index < 3 ? null : one)));
  t.match(await client.call('system.version', {}), { result: { protocol: 1 } });
  for (const one of many.slice(0, 3)) one.end();
  await Promise.all(closed.slice(0, 3));
  t.match(
    await (await connect(t, url)).call('system.version', {}),
    { result: { protocol: 1 } },
    'there is room again',
  );
});

t.test('a stopping daemon closes its connections in order', async (t) => {
  const closing: (() => Promise<void>)[] = [];
  const { url } = await onSocket({ teardown: (work) => closing.push(work) });
  const client = await connect(t, url);
  await Promise.all(closing.map((close) => close()));
  t.same(await client.closed, { code: 1001, reason: 'daemon-stopping' });
});

t.test('a stopping daemon waits for nobody who has not finished a request', async (t) => {
  const closing: (() => Promise<void>)[] = [];
  const { port } = await onTcp({ teardown: (work) => closing.push(work) });
  const gone = ['', 'GET /healthz HTTP/1.1\r\n'].map(async (reply) => {
    const socket = connectSocket(port, '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    socket.write(reply);
    socket.resume();
    return once(socket, 'close');
  });
  // A client with a reply was accepted after the two.
  await fetch(`http://127.0.0.1:${port}/healthz`);
  const started = performance.now();
  await Promise.all(closing.map((close) => close()));
  await Promise.all(gone);
  // Node itself gives up on such a request after 60 s (headersTimeout).
  t.ok(performance.now() - started < 15_000, 'the daemon closed them');
});
