import { methods } from '../../src/protocol/methods.ts';
import { withDaemon } from '../support/daemon.ts';
import type { Random } from '../support/topology/random.ts';
import { answered, clientOf, type Part, result } from './part.ts';

/** An acceptance run takes minutes, and is no matter of odd parameters. */
const asked = methods.map(({ name }) => name).filter((name) => name !== 'labs.test');

const keys = [
  ...['session', 'lab', 'step', 'check', 'node', 'from', 'to', 'probe', 'argv', 'terminal', 'pty', 'columns'],
  ...['rows', 'files', 'whole', 'progress', 'after', 'seed', 'prediction', 'answer', 'size', 'use', 'what'],
];

/** Messages with odd parameters, to every method, with live sessions: each has an answer, and none is `internal`. */
export const fuzz: Part = {
  name: 'fuzz',
  run: ({ random, most, goesOn, tally }) =>
    withDaemon(async (daemon) => {
      await daemon.start();
      let client = await clientOf(daemon);
      let session = '';
      for (let round = 0; round < most && goesOn(); round++) {
        if (round % 25 === 0) {
          client.close();
          client = await clientOf(daemon);
          const { sessions } = await result(client, 'sessions.list', {});
          for (const { id } of sessions.slice(2)) await result(client, 'sessions.stop', { session: id });
          session = sessions[0]?.id ?? (await result(client, 'sessions.start', { lab: 'switching' })).id;
        }
        const method = random.pick(asked);
        const params = paramsOf(random, session);
        const words = `${round} ${method} ${JSON.stringify(params).slice(0, 300)}`;
        await tally.attempt(words, () => answered(client, method, params as never, 120));
      }
      await tally.attempt('afterwards', () => result(client, 'system.version', {}));
    }),
};

function paramsOf(random: Random, session: string): Record<string, unknown> {
  const params: Record<string, unknown> = random.chance(0.8) ? { session } : {};
  for (let count = random.below(4); count > 0; count--)
    params[random.pick(keys)] = anyValue(random, session, 0);
  return params;
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
