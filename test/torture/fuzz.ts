import { z } from 'zod';
import type { Client } from '../../src/client/client.ts';
import { type MethodName, methods } from '../../src/protocol/methods.ts';
import { withDaemon } from '../support/daemon.ts';
import { Random } from '../support/topology/random.ts';
import { answered, clientOf, type Part, result } from './part.ts';

/** An acceptance run takes minutes, and is no matter of odd parameters. */
const asked = methods.map(({ name }) => name).filter((name) => name !== 'labs.test');

const keys = [
  ...['session', 'lab', 'step', 'check', 'node', 'from', 'to', 'probe', 'argv', 'terminal', 'pty', 'columns'],
  ...['rows', 'files', 'whole', 'progress', 'after', 'seed', 'prediction', 'answer', 'size', 'use', 'what'],
];

/** Clients at a time, each with numbers and a session of its own: while one waits for a machine, the others go on. */
const lanes = 6;

/** Messages with odd parameters, to every method, with live sessions: each has an answer, and none is `internal`. */
export const fuzz: Part = {
  name: 'fuzz',
  run: ({ random, most, goesOn, tally }) =>
    withDaemon(async (daemon) => {
      await daemon.start();
      let sent = 0;
      const sending = async (own: Random) => {
        let client = await clientOf(daemon);
        let session = await newSession(client);
        for (let round = 0; sent++ < most && goesOn(); round++) {
          if (round % 25 === 0) {
            client.close();
            client = await clientOf(daemon);
          }
          const method = own.pick(asked);
          const params = paramsOf(own, method, session);
          const words = `${round} ${method} ${JSON.stringify(params).slice(0, 300)}`;
          await tally.attempt(words, () => answered(client, method, params as never, 120));
          if (method === 'sessions.start' || method === 'sessions.stop')
            session = await onlySession(client, session);
        }
        client.close();
      };
      const each = Array.from({ length: Math.min(lanes, most) }, () => new Random(random.below(2 ** 32)));
      await Promise.all(each.map(sending));
      const client = await clientOf(daemon);
      await tally.attempt('afterwards', () => result(client, 'system.version', {}));
      client.close();
    }),
};

const newSession = async (client: Client): Promise<string> =>
  (await result(client, 'sessions.start', { lab: 'switching' }, 120)).id;

/** Its session, or a new one where it has been stopped; more than each lane's are stopped. */
async function onlySession(client: Client, session: string): Promise<string> {
  const { sessions } = await result(client, 'sessions.list', {}, 120);
  for (const { id } of sessions.slice(lanes + 4))
    await answered(client, 'sessions.stop', { session: id }, 120);
  return sessions.slice(0, lanes + 4).some(({ id }) => id === session) ? session : newSession(client);
}

interface Shape {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Shape[];
  oneOf?: Shape[];
  properties?: Record<string, Shape>;
  items?: Shape;
}

const shapes = new Map(
  methods.map(({ name, params }) => [
    name,
    z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }) as Shape,
  ]),
);

/** Half of all values have the form that the method's schema asks for. */
function paramsOf(random: Random, method: MethodName, session: string): Record<string, unknown> {
  const params: Record<string, unknown> = random.chance(0.8) ? { session } : {};
  const own = shapes.get(method)?.properties ?? {};
  const named = Object.keys(own).filter((name) => name !== 'session');
  for (let count = random.below(4); count > 0; count--) {
    const name = random.chance(0.7) && named.length > 0 ? random.pick(named) : random.pick(keys);
    const shape = own[name];
    params[name] =
      shape && random.chance(0.7) ? shaped(random, shape, session, 0) : anyValue(random, session, 0);
  }
  return params;
}

function shaped(random: Random, shape: Shape, session: string, depth: number): unknown {
  const inner = (part: Shape) => shaped(random, part, session, depth + 1);
  const choices = shape.anyOf ?? shape.oneOf;
  if (depth > 3 || random.chance(0.1)) return anyValue(random, session, depth);
  if (choices) return inner(random.pick(choices));
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return random.pick(shape.enum);
  if (shape.type === 'integer' || shape.type === 'number') return random.below(100);
  if (shape.type === 'boolean') return random.chance(0.5);
  if (shape.type === 'array') return Array.from({ length: random.below(4) }, () => inner(shape.items ?? {}));
  if (shape.type === 'object')
    return Object.fromEntries(
      Object.entries(shape.properties ?? {}).map(([key, part]) => [key, inner(part)]),
    );
  return random.pick([
    'switching',
    'host',
    'red',
    'one-address',
    '10.0.0.1',
    'http://127.0.0.1/',
    'true',
    session,
  ]);
}

function anyValue(random: Random, session: string, depth: number): unknown {
  const more = () => anyValue(random, session, depth + 1);
  return random.pick<() => unknown>([
    () => random.pick([null, true, false, 0, -1, 1, 0.5, 2 ** 53, -(2 ** 31), 1e308]),
    () => random.pick(['', 'host', 'a', 'switching', 'all', '127.0.0.1', '::1', '-x', session]),
    () => random.pick(['__proto__', 'constructor', '\u0000', '\ud800', '../..', '$(true)', '가', 'x\ny']),
    () => random.pick(['true', 'icmp', 'tcp', 'udp', 'x'.repeat(10_000), '%s%n', '\u001b[2J']),
    () => (depth > 3 ? [] : Array.from({ length: random.below(4) }, more)),
    () =>
      depth > 3
        ? {}
        : Object.fromEntries([
            [random.pick(keys), more()],
            ['kind', more()],
          ]),
    () => ({ kind: random.pick(['icmp', 'tcp', 'udp']), port: random.pick([0, 1, 80, 65_536, -1, 'x']) }),
    () => random.pick([['true'], ['sh', '-c', 'exit 3'], ['', ''], ['\u0000'], ['nowhere'], []]),
  ])();
}
