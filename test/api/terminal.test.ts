import t, { type Test } from 'tap';
import { inputLimit, terminalWindow } from '../../src/protocol/connection.ts';
import { HoplabError } from '../../src/protocol/errors.ts';
import { decodeAck, encodeAck, encodeFrame, type Frame } from '../../src/protocol/frame.ts';
import { type Client, connect, type Message } from './client.ts';
import { onSocket } from './listening.ts';
import { type FakeStream, fakeStream } from './stream.ts';

const text = (payload: Uint8Array) => new TextDecoder().decode(payload);
const bytes = (words: string) => new TextEncoder().encode(words);
const isFrame = (each: Message | Frame): each is Frame => 'kind' in each;

/** A client with an open terminal whose stream is in the test's hand. */
async function opened(t: Test, stream: FakeStream = fakeStream()) {
  const { url, double } = await onSocket(t);
  double.open = async () => stream;
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  const { result } = await client.call('terminal.open', { pty: { columns: 80, rows: 24 } });
  return { client, double, stream, url, terminal: result.terminal as number };
}

/** Everything sent before has arrived. */
async function settled(client: Client): Promise<void> {
  await client.call('system.version', {});
}

t.test('opens the terminal that the request describes', async (t) => {
  const { url, double } = await onSocket(t);
  const asked: unknown[] = [];
  double.open = async (...args) => {
    asked.push(args);
    return fakeStream();
  };
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  await client.call('terminal.open', {});
  await client.call('terminal.open', { node: 'red', argv: ['ip', 'a'], pty: { columns: 9, rows: 8 } });
  t.same(asked, [
    [null, null, { pty: null }],
    ['red', ['ip', 'a'], { pty: { columns: 9, rows: 8 } }],
  ]);
});

t.test('bytes both ways, in order, streams apart, the exit last', async (t) => {
  const { client, stream, terminal } = await opened(t);
  stream.say('stdout', 'one ');
  stream.say('stderr', 'oh');
  stream.say('stdout', new Uint8Array([0xed, 0x95]));
  client.raw(encodeFrame({ kind: 'stdin', terminal, payload: bytes('ls') }));
  await client.call('terminal.resize', { terminal, columns: 132, rows: 43 });
  await client.call('terminal.end', { terminal });
  stream.exit(3, null);
  const exit = await client.notification('terminal.exit');
  t.match(exit.params, { terminal, exitCode: 3, signal: null });
  const frames = client.arrived.filter(isFrame).filter(({ kind }) => kind !== 'ack');
  t.same(
    frames.map(({ kind, payload }) => [kind, [...payload]]),
    [
      ['stdout', [...bytes('one ')]],
      ['stderr', [...bytes('oh')]],
      ['stdout', [0xed, 0x95]],
    ],
    'bytes, not text: half a character stays half a character',
  );
  t.equal(client.arrived.at(-1), exit);
  t.same(stream.written.map(text), ['ls']);
  t.same(stream.notices, ['resize 132x43', 'end']);
});

t.test('bytes that come before the client knows the number wait for it', async (t) => {
  const hasty = fakeStream();
  const { onData, onExit } = hasty;
  hasty.onData = (listener) => {
    onData(listener);
    hasty.say('stdout', 'early');
  };
  hasty.onExit = (listener) => {
    onExit(listener);
    hasty.exit(0, null);
  };
  const { client } = await opened(t, hasty);
  await settled(client);
  const order = client.arrived.map((each) =>
    'kind' in each ? text(each.payload) : (each.method ?? 'answer'),
  );
  t.same(order.slice(-4), ['answer', 'early', 'terminal.exit', 'answer']);
});

t.test('input is acknowledged when the stream has taken it', async (t) => {
  const stream = fakeStream();
  let take = () => {};
  stream.write = () =>
    new Promise<void>((resolve) => {
      take = resolve;
    }) as unknown as undefined;
  const { client, terminal } = await opened(t, stream);
  client.raw(encodeFrame({ kind: 'stdin', terminal, payload: bytes('four') }));
  await settled(client);
  t.notOk(client.arrived.some(isFrame));
  take();
  const ack = await client.until(isFrame);
  t.same([ack.kind, decodeAck(ack.payload)], ['ack', 4]);
});

t.test('a client that does not keep up pauses the stream, and its acks resume it', async (t) => {
  const { client, stream, terminal } = await opened(t);
  stream.say('stdout', new Uint8Array(terminalWindow));
  t.same(stream.notices, [], 'a full window is no more than a full window');
  stream.say('stdout', 'x');
  t.same(stream.notices, ['pause']);
  stream.say('stdout', 'already under way');
  t.same(stream.notices, ['pause'], 'paused once');
  client.raw(encodeAck(terminal, terminalWindow / 4));
  await settled(client);
  t.same(stream.notices, ['pause'], 'half the window must be free');
  client.raw(encodeAck(terminal, terminalWindow / 2));
  await settled(client);
  t.same(stream.notices, ['pause', 'resume']);
  client.raw(encodeAck(terminal, 0xffffffff));
  await settled(client);
  stream.say('stdout', new Uint8Array(terminalWindow + 1));
  t.same(stream.notices, ['pause', 'resume', 'pause'], 'more acks than bytes win nothing');
});

t.test('a client sends only stdin and acks', async (t) => {
  const { client, stream, terminal } = await opened(t);
  client.raw(encodeFrame({ kind: 'stdout', terminal, payload: bytes('fake') }));
  client.raw(encodeFrame({ kind: 'ack', terminal, payload: bytes('12345') }));
  await settled(client);
  const errors = (client.arrived as Message[]).filter(({ error }) => error);
  t.same(
    errors.map(({ error }) => error?.data.code),
    ['message-invalid', 'message-invalid'],
  );
  t.same([stream.notices, stream.written], [[], []]);
});

t.test('sixteen terminals, and not one more until one is gone', async (t) => {
  const { url, double } = await onSocket(t);
  const streams: FakeStream[] = [];
  double.open = async () => {
    const stream = fakeStream();
    streams.push(stream);
    return stream;
  };
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  const answers = await Promise.all(Array.from({ length: 17 }, () => client.call('terminal.open', {})));
  t.equal(answers.filter(({ result }) => result).length, 16);
  t.match(
    answers.find(({ error }) => error),
    { error: { data: { code: 'terminal-limit', limit: 16 } } },
  );
  streams[0]?.exit(0, null);
  t.match(await client.call('terminal.open', {}), { result: { terminal: 17 } }, 'numbers are not used again');
  const other = await connect(t, url);
  t.match(await other.call('terminal.open', {}), { result: { terminal: 1 } }, 'the limit is per connection');
});

t.test('input for a terminal that has just ended is nobody’s mistake; a request for it is', async (t) => {
  const { client, stream, terminal } = await opened(t);
  stream.exit(0, null);
  client.raw(encodeFrame({ kind: 'stdin', terminal, payload: bytes('late') }));
  await settled(client);
  t.notOk((client.arrived as Message[]).some(({ error }) => error));
  t.match(await client.call('terminal.end', { terminal }), {
    error: { data: { code: 'terminal-not-found', terminal } },
  });
});

t.test('a failing open is answered with its code and costs no terminal', async (t) => {
  const { url } = await onSocket(t);
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  for (let i = 0; i < 20; i++) {
    const { error } = await client.call('terminal.open', { node: 'rde' });
    t.match(error, { code: 1301, data: { code: 'node-not-found', nearest: 'red' } });
  }
});

t.test('leaving hangs up, also on a terminal that was still being opened', async (t) => {
  const { url, double } = await onSocket(t);
  const [stream, slow] = [fakeStream(), fakeStream()];
  const closed = (each: FakeStream) =>
    new Promise<void>((resolve) => {
      each.close = resolve;
    });
  const hungUp = [closed(stream), closed(slow)];
  let arrive = (_: FakeStream) => {};
  double.open = async () => stream;
  const client = await connect(t, url);
  await client.call('sessions.start', { lab: 'network-namespaces' });
  await client.call('terminal.open', {});
  double.open = () =>
    new Promise((resolve) => {
      arrive = resolve;
    });
  client.send({ jsonrpc: '2.0', id: 'x', method: 'terminal.open', params: {} });
  await settled(client);
  client.socket.terminate();
  await hungUp[0];
  arrive(slow);
  await hungUp[1];
  t.match(double.sessions.list(), [{ id: 's1' }], 'the session stays');
});

t.test('a terminal that cannot be opened takes no place, whichever way it fails', async (t) => {
  const { client, double } = await opened(t);
  double.open = () => {
    throw new HoplabError('session-not-found', 'there is none');
  };
  for (let tries = 0; tries < 20; tries++)
    t.match(await client.call('terminal.open', {}), { error: { data: { code: 'session-not-found' } } });
  for (let tries = 0; tries < 20; tries++)
    t.match(await client.call('terminal.open', { session: 'none' }), {
      error: { data: { code: 'session-not-found' } },
    });
  double.open = async () => fakeStream();
  t.match(await client.call('terminal.open', {}), { result: { terminal: 2 } });
});

t.test('a word with a NUL in it is no word', async (t) => {
  const { client } = await opened(t);
  const answer = await client.call('terminal.open', { argv: ['echo', 'a\0b'] });
  t.match(answer, { error: { data: { code: 'argument-invalid' } } });
});

t.test(
  'input that a command does not take is acknowledged when it does, and is not kept without end',
  async (t) => {
    const stream = fakeStream();
    const takes: (() => void)[] = [];
    const written: number[] = [];
    stream.write = (payload) => {
      written.push(payload.length);
      return new Promise<void>((resolve) => void takes.push(resolve));
    };
    const { client, terminal } = await opened(t, stream);
    const payload = new Uint8Array(512 * 1024);
    const acks = () => client.arrived.filter(isFrame).filter(({ kind }) => kind === 'ack').length;
    for (let sent = 0; sent < inputLimit / payload.length; sent++)
      client.raw(encodeFrame({ kind: 'stdin', terminal, payload }));
    await settled(client);
    t.equal(acks(), 0);
    takes.shift()?.();
    await settled(client);
    t.equal(acks(), 1);
    t.strictSame(stream.notices, []);
    for (let sent = 0; sent < 2; sent++) client.raw(encodeFrame({ kind: 'stdin', terminal, payload }));
    await client.notification('terminal.exit');
    t.strictSame(stream.notices, ['close'], 'who does not wait loses the terminal');
    t.equal(written.length * payload.length, inputLimit + payload.length);
  },
);
