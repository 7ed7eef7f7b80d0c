import { setTimeout as later } from 'node:timers/promises';
import { type Daemon, withDaemon } from '../support/daemon.ts';
import { outsiders } from '../support/vm.ts';
import { answered, type Part, result, twoSessions } from './part.ts';
import { randomWay } from './random-way.ts';
import { ways } from './ways.ts';

/** A spoilt machine: every question has an answer, another learner's check stays right, and reset heals. */
export const learner: Part = {
  name: 'learner',
  run: ({ random, most, goesOn, tally }) =>
    withDaemon(async (daemon) => {
      const { client, session, other } = await twoSessions(daemon);
      // Followed, as by the page: a watch is in the machine.
      await result(client, 'sessions.subscribe', { session });
      const names = Object.keys(ways);
      for (let round = 0; round < most && goesOn(); round++) {
        // Each way alone, and a composition after each.
        const name = round % 2 === 0 ? names[round / 2] : undefined;
        const lines = name === undefined ? randomWay(random) : (ways[name] ?? '');
        await tally.attempt(name ?? lines, async () => {
          await spoil(daemon, session, lines);
          const terminal = await answered(
            client,
            'terminal.open',
            { session, pty: { columns: 80, rows: 24 } },
            60,
          );
          await answered(client, 'topology.get', { session }, 90);
          await answered(client, 'checks.run', { session }, 90);
          await answered(client, 'path.trace', { session, from: 'host', to: '127.0.0.1' }, 90);
          await answered(client, 'topology.expose', { session }, 90);
          const { outcome } = await result(client, 'checks.run', { session: other, step: 'all' }, 60);
          if (outcome !== 'pass') throw new Error(`the other session: ${outcome}`);
          const outside = outsiders(daemon.run);
          if (outside.length > 0) throw new Error(`in namespaces of the VM: ${outside}`);
          if (random.chance(0.3)) await answered(client, 'sessions.reboot', { session }, 90);
          await result(client, 'sessions.reset', { session }, 30);
          await result(client, 'topology.get', { session }, 30);
          if ('terminal' in terminal)
            await answered(client, 'terminal.close', { terminal: terminal.terminal });
        });
      }
      client.close();
    }),
};

/** Types lines as the learner; what stands in the place of the shell by then may never end. */
export async function spoil(daemon: Daemon, session: string, lines: string): Promise<void> {
  const argv = ['--session', session, 'exec', 'host', '--', 'timeout', '20', 'bash', '-c', lines];
  const { child, ended } = daemon.started(...argv);
  await Promise.race([ended, later(25_000, null, { ref: false })]);
  child.kill('SIGKILL');
}
