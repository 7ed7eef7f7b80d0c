import t from 'tap';
import { methods } from '../../src/protocol/methods.ts';
import { notifications } from '../../src/protocol/notifications.ts';
import { connect, type Message } from './client.ts';
import { flowDouble, verdict } from './double.ts';
import { onSocket } from './listening.ts';
import { fakeStream } from './stream.ts';

/** One request per method, in an order in which each works. */
const requests: [string, object][] = [
  ['system.version', {}],
  ['system.doctor', {}],
  ['system.features', {}],
  ['rpc.discover', {}],
  ['labs.list', {}],
  ['labs.get', { lab: 'network-namespaces' }],
  ['labs.search', { query: 'cable', language: 'ko' }],
  ['labs.lint', { files: { 'en.md': '' } }],
  ['labs.save', { files: { 'en.md': '' } }],
  ['labs.delete', { lab: 'saved' }],
  ['labs.test', { lab: 'network-namespaces', progress: 't' }],
  ['sessions.start', { lab: 'network-namespaces', progress: 7 }],
  ['sessions.start', { lab: 'network-namespaces', step: 'veth-pair' }],
  ['sessions.list', {}],
  ['sessions.current', {}],
  ['sessions.use', { session: 's1' }],
  ['sessions.get', {}],
  ['sessions.subscribe', { after: 0 }],
  ['sessions.hint', {}],
  ['checks.run', { step: 'all' }],
  ['checks.run', { check: 'red' }],
  ['predictions.answer', { prediction: 'who-has-red', answer: 'red' }],
  ['steps.apply', {}],
  ['sessions.goto', { step: 'veth-pair' }],
  ['sessions.reset', {}],
  ['sessions.reboot', {}],
  ['sessions.preview', { undo: true }],
  ['sessions.undo', {}],
  ['sessions.break', { seed: 12 }],
  ['sessions.reveal', {}],
  ['topology.get', {}],
  ['topology.expose', { node: 'red' }],
  ['topology.export', { as: 'script', name: 'mine' }],
  ['path.trace', { from: 'red', to: '192.168.15.77', progress: 't', pcapng: true }],
  ['traffic.watch', {}],
  ['traffic.unwatch', {}],
  ['path.pingAll', { nodes: ['red', 'blue'], family: 'ipv4' }],
  ['terminal.open', { node: 'red', argv: ['true'], pty: { columns: 80, rows: 24 } }],
  ['terminal.resize', { terminal: 1, columns: 100, rows: 30 }],
  ['sessions.goto', { step: 'veth-pair' }],
  ['terminal.end', { terminal: 1 }],
  ['terminal.close', { terminal: 1 }],
  ['sessions.unsubscribe', {}],
  ['sessions.stop', {}],
  ['sessions.stop', { all: true }],
];

t.test('every method answers, and its requests, answers and notifications match the schemas', async (t) => {
  const { url, double } = await onSocket(t);
  double.open = async () => fakeStream();
  const client = await connect(t, url);
  const untested = new Set<string>(methods.map(({ name }) => name));

  for (const [name, params] of requests) {
    const { result, error } = await client.call(name as 'system.version', params as Record<string, never>);
    const method = methods.find((each) => each.name === name);
    t.equal(error, undefined, name);
    t.same(
      method?.result.parse(result),
      result,
      `${name}: nothing in the result that the schema does not know`,
    );
    untested.delete(name);
    if (name === 'topology.get') double.change(['links']);
    if (name === 'traffic.watch')
      for (const seen of double.traffic) seen({ flows: [flowDouble], crossings: [] });
  }
  t.same([...untested], [], 'no method was left out');

  const unsaid = new Set<string>(notifications.map(({ name }) => name));
  for (const { method, params } of client.arrived as Message[]) {
    const definition = notifications.find((each) => each.name === method);
    if (definition === undefined) continue;
    t.same(definition.params.parse(params), params, `${method} is as its schema says`);
    unsaid.delete(definition.name);
  }
  t.same([...unsaid], [], 'every notification was heard');
});

t.test('the first message contains the version of the protocol', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  await client.call('system.version', {});
  t.match(client.arrived[0], {
    method: 'system.hello',
    params: { protocol: 1, version: '0.0.0-test', languages: ['en', 'ko'] },
  });
});

t.test('progress comes before the answer, under the token of the request', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  await client.call('labs.test', { lab: 'network-namespaces', progress: 'mine' });
  const messages = client.arrived as Message[];
  const progress = messages.filter(({ method }) => method === 'progress').map(({ params }) => params);
  t.same(progress, [
    { id: 'mine', done: 1, total: 2, message: 'entry isolation' },
    { id: 'mine', done: 2, total: 2, message: 'fault isolation wrong-name (FAIL)' },
  ]);
  t.ok(messages.at(-1)?.result, 'the answer is the last');
});

t.test('without a token there is no progress', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  t.notOk((client.arrived as Message[]).some(({ method }) => method === 'progress'));
});

t.test('without a session: session-none; with an unknown one: session-not-found', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  t.match(await client.call('sessions.get', {}), { error: { data: { code: 'session-none' } } });
  t.match(await client.call('sessions.get', { session: 's9' }), {
    error: { code: 1201, data: { code: 'session-not-found', session: 's9' } },
  });
});

t.test('a new session becomes the current one only on request', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  const current = async () => (await client.call('sessions.current', {})).result.session;
  await client.call('sessions.start', { lab: 'network-namespaces' });
  t.equal(await current(), 's1', 'the first is the current one');
  await client.call('sessions.start', { lab: 'network-namespaces' });
  t.equal(await current(), 's1');
  await client.call('sessions.start', { lab: 'network-namespaces', use: true });
  t.equal(await current(), 's3');
});

t.test('a key that no method knows: the nearest one is named', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  t.match(await client.call('sessions.get', { sesion: 's1' } as never), {
    error: { code: -32602, message: 'unknown key sesion; did you mean session?' },
  });
});

t.test('a method that is not there: the one that does the same to something else is named', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  const named = async (method: string) => (await client.call(method as never, {} as never)).error?.message;
  t.equal(await named('steps.goto'), 'no method steps.goto; did you mean sessions.goto?');
  t.equal(await named('session.get'), 'no method session.get; did you mean sessions.get?');
});

t.test('the outcome of a check run', async (t) => {
  const { url, double } = await onSocket(t);
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  const cases = {
    pass: [['pass'], ['pass', 'pass'], []],
    fail: [
      ['pass', 'fail'],
      ['fail', 'could-not-check'],
      ['not-yet'],
      ['blocked'],
      ['could-not-check', 'not-yet'],
    ],
    'could-not-check': [['could-not-check'], ['pass', 'could-not-check', 'blocked']],
  } as const;
  for (const [outcome, runs] of Object.entries(cases)) {
    for (const statuses of runs) {
      double.verdicts = statuses.map((status, index) => verdict(`c${index}`, { status }));
      const { result } = await client.call('checks.run', {});
      t.equal(result.outcome, outcome, `${statuses.join(' ') || 'nothing asked'}: ${outcome}`);
    }
  }
});

t.test('an unknown check: the nearest known one is named', async (t) => {
  const { url, double } = await onSocket(t);
  double.verdicts = [verdict('reply'), verdict('hidden')];
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  t.match(await client.call('checks.run', { check: 'repyl' }), {
    error: { message: /did you mean reply/, data: { code: 'check-not-found', nearest: 'reply' } },
  });
});
