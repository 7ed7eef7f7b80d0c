import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { requestsPerConnection } from '../../src/protocol/connection.ts';
import { type Client, connect, type Message } from './client.ts';
import { onSocket } from './listening.ts';

const refusals: [string, unknown, number | string | null, number, string][] = [
  ['no JSON', 'nonsense', null, -32700, 'message-invalid'],
  ['nothing', '', null, -32700, 'message-invalid'],
  ['null', 'null', null, -32600, 'request-invalid'],
  ['a number', '7', null, -32600, 'request-invalid'],
  ['false', 'false', null, -32600, 'request-invalid'],
  ['an empty batch', '[]', null, -32600, 'request-invalid'],
  ['no version', '{"id":1,"method":"system.version"}', 1, -32600, 'request-invalid'],
  ['another version', '{"jsonrpc":"1.0","id":"a","method":"system.version"}', 'a', -32600, 'request-invalid'],
  ['no method', '{"jsonrpc":"2.0","id":1}', 1, -32600, 'request-invalid'],
  ['an object as id', '{"jsonrpc":"2.0","id":{},"method":"system.version"}', null, -32600, 'request-invalid'],
  ['an unknown method', '{"jsonrpc":"2.0","id":2,"method":"labs.lst"}', 2, -32601, 'method-not-found'],
  ['a method of Object', '{"jsonrpc":"2.0","id":2,"method":"__proto__"}', 2, -32601, 'method-not-found'],
  [
    'params in a list',
    '{"jsonrpc":"2.0","id":3,"method":"labs.get","params":["a"]}',
    3,
    -32602,
    'argument-invalid',
  ],
  [
    'a missing param',
    '{"jsonrpc":"2.0","id":4,"method":"labs.get","params":{}}',
    4,
    -32602,
    'argument-invalid',
  ],
  ['no params', '{"jsonrpc":"2.0","id":5,"method":"labs.get"}', 5, -32602, 'argument-invalid'],
  [
    'an unknown param',
    '{"jsonrpc":"2.0","id":6,"method":"labs.list","params":{"x":1}}',
    6,
    -32602,
    'argument-invalid',
  ],
];

/** The daemon is unmoved: this connection is still served. */
async function alive(t: Test, client: Client): Promise<void> {
  t.match(await client.call('system.version', {}), { result: { protocol: 1 } });
}

t.test('a message that is no request gets an error code', async (t) => {
  const { url } = await onSocket(t);
  for (const [name, text, id, number, code] of refusals) {
    const client = await connect(t, url);
    client.raw(text as string);
    const answer = await client.until((each): each is Message => 'error' in each);
    t.match(answer, { jsonrpc: '2.0', id, error: { code: number, data: { code } } }, name);
    await alive(t, client);
  }
});

t.test('a mistyped method: the nearest one is named', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  const answer = await client.call('labs.lst' as 'labs.list', {});
  t.match(answer.error, { message: /did you mean labs\.list\?/, data: { nearest: 'labs.list' } });
});

t.test('batches', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  const version = { jsonrpc: '2.0', method: 'system.version' };
  client.send([{ ...version, id: 'one' }]);
  const single = await client.until((each): each is Message => Array.isArray(each));
  t.match(single, [{ id: 'one', result: {} }], 'a batch of one is answered by a batch');
  client.arrived.length = 0;
  client.send([{ ...version, id: 'a' }, version, 5, null, { ...version, id: 'b' }]);
  const mixed = await client.until((each): each is Message => Array.isArray(each));
  t.match(mixed, [
    { id: 'a', result: {} },
    { id: null, error: { code: -32600 } },
    { id: null, error: { code: -32600 } },
    { id: 'b', result: {} },
  ]);
  client.send(Array.from({ length: 101 }, () => version));
  const long = await client.until((each): each is Message => 'error' in each);
  t.match(long.error, { code: -32600, data: { code: 'request-invalid', limit: 100 } });
  client.arrived.length = 0;
  client.send([version, version]);
  client.send(version);
  await alive(t, client);
  t.equal(client.arrived.length, 1, 'notifications are not answered');
});

t.test('too many unanswered requests are refused; those that wait are answered', async (t) => {
  const { url, double } = await onSocket(t);
  const client = await connect(t, url);
  const other = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  let answer: (verdicts: []) => void = () => {};
  const answered = new Promise<[]>((resolve) => {
    answer = resolve;
  });
  double.instead.check = () => answered;
  client.arrived.length = 0;
  for (let id = 1; id <= requestsPerConnection + 1; id++)
    client.send({ jsonrpc: '2.0', id, method: 'checks.run', params: {} });
  const refused = await client.until((each): each is Message => 'error' in each);
  t.match(refused, {
    id: requestsPerConnection + 1,
    error: { data: { code: 'request-limit', limit: requestsPerConnection } },
  });
  await alive(t, other);
  answer([]);
  await client.until((each): each is Message => 'id' in each && each.id === requestsPerConnection);
  await alive(t, client);
});

t.test('an acceptance run is stopped when its client leaves', async (t) => {
  const { url, double } = await onSocket(t);
  const client = await connect(t, url);
  const stopped = new Promise<{ readonly aborted: boolean }>((resolve) => {
    double.labs.test = async (_lab, _progress, stop) => {
      resolve(stop);
      return new Promise(() => {});
    };
  });
  client.send({ jsonrpc: '2.0', id: 1, method: 'labs.test', params: { lab: 'network-namespaces' } });
  const stop = await stopped;
  t.equal(stop.aborted, false);
  client.socket.terminate();
  while (!stop.aborted) await new Promise(setImmediate);
  t.pass('nobody waits for it any more');
});

t.test('an oversized message ends only its own connection, and the close has a reason', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  const other = await connect(t, url);
  client.raw(`"${'x'.repeat(1024 * 1024)}"`);
  t.same(await client.closed, { code: 1009, reason: 'message-too-large' });
  await alive(t, other);
});

t.test('a message of just 1 MiB is read', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  client.raw(`"${'x'.repeat(1024 * 1024 - 2)}"`);
  const answer = await client.until((each): each is Message => 'error' in each);
  t.equal(answer.error?.data.code, 'request-invalid');
});

t.test('binary frames that are none, or of no terminal', async (t) => {
  const { url } = await onSocket(t);
  const cases: [string, number[], string][] = [
    ['empty', [], 'message-invalid'],
    ['too short', [0, 0, 0], 'message-invalid'],
    ['an unknown kind', [9, 0, 0, 0, 1], 'message-invalid'],
    ['no such terminal', [0, 0, 0, 0, 1, 65], 'terminal-not-found'],
    ['terminal zero', [3, 0, 0, 0, 0], 'terminal-not-found'],
  ];
  for (const [name, bytes, code] of cases) {
    const client = await connect(t, url);
    client.raw(Uint8Array.from(bytes));
    const answer = await client.until((each): each is Message => 'error' in each);
    t.match(answer, { id: null, error: { data: { code } } }, name);
    await alive(t, client);
  }
});

t.test('no message of whatever shape moves it', async (t) => {
  const { url, logged } = await onSocket(t);
  const client = await connect(t, url);
  const method = fc.constantFrom('labs.get', 'sessions.start', 'terminal.open', 'checks.run', 'x');
  const message = fc.oneof(
    fc.json(),
    fc.string(),
    fc.record({ jsonrpc: fc.constant('2.0'), id: fc.anything(), method, params: fc.anything() }).map(safely),
    fc.record({ jsonrpc: fc.constant('2.0'), id: fc.integer(), method, params: fc.object() }).map(safely),
    fc.uint8Array({ maxLength: 40 }),
  );
  await fc.assert(
    fc.asyncProperty(message, async (garbage) => {
      client.raw(garbage);
      const { result } = await client.call('system.version', {});
      client.arrived.length = 0;
      return result.protocol === 1;
    }),
    { numRuns: 500 },
  );
  t.same(
    logged.filter(({ level }) => level >= 50),
    [],
    'nothing was taken for a fault of the daemon',
  );
});

function safely(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '{';
  }
}

t.test('random bytes instead of WebSocket frames', async (t) => {
  const { url } = await onSocket(t);
  const [client, other] = [await connect(t, url), await connect(t, url)];
  // biome-ignore lint/suspicious/noExplicitAny: ws keeps its socket to itself.
  (client.socket as any)._socket.write(randomBytes(4096));
  t.not((await client.closed).code, 1000);
  await alive(t, other);
});

t.test('a fault of ours: a code and no stack to the client, the stack to the log', async (t) => {
  const { url, double, logged } = await onSocket(t);
  double.sessions.list = () => {
    throw new TypeError('secret detail');
  };
  const client = await connect(t, url);
  const answer = await client.call('sessions.list', {});
  t.match(answer.error, { code: -32603, data: { code: 'internal' } });
  t.notMatch(JSON.stringify(answer), /secret|\.ts/);
  t.match(
    logged.find(({ level }) => level === 50),
    { err: { stack: /secret detail(.|\n)*\.ts/ } },
  );
});
