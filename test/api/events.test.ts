import fc from 'fast-check';
import t from 'tap';
import { type Client, connect, type Message } from './client.ts';
import type { Double } from './double.ts';
import { onSocket } from './listening.ts';

function numbers(client: Client): number[] {
  return (client.arrived as Message[])
    .filter(({ method }) => method === 'session.event')
    .map(({ params }) => params.number);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function happen(double: Double, times: number): void {
  for (let i = 0; i < times; i++) double.emit('s1', { type: 'step-done', step: `${i}` });
}

t.test('a snapshot first, then the events after it', async (t) => {
  const { url, double } = await onSocket(t);
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  happen(double, 4);
  const { result } = await client.call('sessions.subscribe', {});
  t.match(result, { from: 5, snapshot: { id: 's1', lastEvent: 5 } });
  happen(double, 3);
  await client.notification('session.event', ({ number }) => number === 8);
  t.same(numbers(client), [6, 7, 8]);
  t.ok(
    client.arrived.findIndex((each) => 'result' in each && each.result === result) <
      client.arrived.findIndex((each) => 'method' in each && each.method === 'session.event'),
    'the snapshot came before the events',
  );
});

t.test('a client that comes back with its last number gets every event once', async (t) => {
  const { url, double } = await onSocket(t);
  const starter = await connect(t, url);
  await starter.call('sessions.start', { lab: 'network-namespaces' });
  await fc.assert(
    fc.asyncProperty(fc.nat(20), fc.nat(20), fc.nat(20), async (before, away, afterwards) => {
      const first = await connect(t, url);
      const { result } = await first.call('sessions.subscribe', {});
      const began = result.from;
      happen(double, before);
      // The reply comes after every event that was emitted before it.
      await first.call('system.version', {});
      const heard = numbers(first);
      first.socket.terminate();
      await first.closed;
      happen(double, away);
      const second = await connect(t, url);
      await second.call('sessions.subscribe', { after: heard.at(-1) ?? began });
      happen(double, afterwards);
      await second.call('system.version', {});
      heard.push(...numbers(second));
      second.socket.terminate();
      await second.closed;
      return JSON.stringify(heard) === JSON.stringify(range(began + 1, began + before + away + afterwards));
    }),
    { numRuns: 25 },
  );
});

t.test('a number this log has not reached: from the snapshot on', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  t.match(await client.call('sessions.subscribe', { after: 999 }), { result: { from: 1 } });
});

t.test('events that happen while the answer is under way are not lost', async (t) => {
  const { url, double } = await onSocket(t);
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  const { subscribe } = double.sessions.of('s1');
  double.instead.subscribe = (...args) => {
    const unsubscribe = subscribe(...args);
    happen(double, 2);
    return unsubscribe;
  };
  await client.call('sessions.subscribe', {});
  await client.call('system.version', {});
  t.same(numbers(client), [2, 3]);
});

t.test('subscribing twice is subscribing once', async (t) => {
  const { url, double } = await onSocket(t);
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  await client.call('sessions.subscribe', {});
  await client.call('sessions.subscribe', {});
  happen(double, 1);
  await client.call('system.version', {});
  t.same([numbers(client), double.listening()], [[2], 1]);
});

t.test('unsubscribing and leaving end the listening', async (t) => {
  const { url, double } = await onSocket(t);
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  await client.call('sessions.subscribe', {});
  t.equal(double.listening(), 1);
  await client.call('sessions.unsubscribe', {});
  t.equal(double.listening(), 0);
  happen(double, 1);
  await client.call('sessions.subscribe', {});
  t.same(numbers(client), []);
  const left = new Promise<void>((resolve) => {
    const watch = setInterval(() => {
      if (double.listening() > 0) return;
      clearInterval(watch);
      resolve();
    }, 1);
  });
  client.socket.terminate();
  await left;
  t.equal(double.sessions.list().length, 1, 'the session stays');
});

t.test('an event carries the words of its verdict in every language', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  await client.call('sessions.subscribe', {});
  await client.call('checks.run', {});
  const { params } = await client.notification('session.event', ({ event }) => event.type === 'verdict');
  t.match(params.event.verdict, { check: 'red', words: { en: /\S/, ko: /\S/ } });
});

t.test('changes in the machine reach every subscriber, and no other client', async (t) => {
  const { url, double } = await onSocket(t);
  const client = await connect(t, url);
  const other = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  await client.call('sessions.subscribe', {});
  double.change(['links', 'rules']);
  t.match(await client.notification('topology.changed', () => true), {
    params: { session: 's1', changes: ['links', 'rules'] },
  });
  await client.call('sessions.unsubscribe', {});
  double.change(['files']);
  await client.call('system.version', {});
  await other.call('system.version', {});
  const topologyEvents = (each: typeof client) =>
    (each.arrived as Message[]).filter(({ method }) => method === 'topology.changed').length;
  t.strictSame([topologyEvents(client), topologyEvents(other)], [1, 0]);
});
