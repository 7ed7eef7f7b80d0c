import { setTimeout as later } from 'node:timers/promises';
import type { Client } from '../../src/client/client.ts';
import { type Daemon, withDaemon } from '../support/daemon.ts';
import { machineProcesses, outsiders } from '../support/vm.ts';
import { answered, clientOf, type Part, result, type Trial } from './part.ts';

/** What is asked as the daemon is killed. */
const actions = {
  goto: (client: Client, session: string) => client.call('sessions.goto', { session, step: 'one-address' }),
  reset: (client: Client, session: string) => client.call('sessions.reset', { session }),
  undo: (client: Client, session: string) => client.call('sessions.undo', { session }),
  reboot: (client: Client, session: string) => client.call('sessions.reboot', { session }),
  break: (client: Client, session: string) => client.call('sessions.break', { session, seed: 1 }),
  apply: (client: Client, session: string) => client.call('steps.apply', { session, step: 'all' }),
  check: (client: Client, session: string) => client.call('checks.run', { session }),
  trace: (client: Client, session: string) =>
    client.call('path.trace', { session, from: 'host', to: '127.0.0.1' }),
  expose: (client: Client, session: string) => client.call('topology.expose', { session }),
  start: (client: Client) => client.call('sessions.start', { lab: 'switching' }),
  stop: (client: Client, session: string) => client.call('sessions.stop', { session }),
} satisfies Record<string, (client: Client, session: string) => Promise<unknown>>;

/** kill -9 of the daemon while something is asked: every session that was told to be there is there afterwards. */
export const kills: Part = {
  name: 'kills',
  run: (trial) =>
    withDaemon(async (daemon) => {
      await daemon.start();
      for (let round = 0; round < trial.most && trial.goesOn(); round++) {
        const action = trial.random.pick(Object.keys(actions) as (keyof typeof actions)[]);
        const after = trial.random.below(600);
        await trial.tally.attempt(`round ${round}, ${action}, killed after ${after} ms`, () =>
          killed(daemon, action, after, trial),
        );
      }
      await daemon.hoplab('stop', '--all');
      await trial.tally.attempt('what is left', async () => {
        const left = machineProcesses(daemon.run).length;
        // One machine may be kept ready.
        if (left > 2) throw new Error(`${left} processes of machines without a session`);
      });
    }),
};

async function killed(
  daemon: Daemon,
  action: keyof typeof actions,
  after: number,
  { random }: Trial,
): Promise<void> {
  const client = await clientOf(daemon);
  client.lost.catch(() => {});
  let { sessions } = await result(client, 'sessions.list', {});
  while (sessions.length > 3) {
    await result(client, 'sessions.stop', { session: sessions.shift()?.id ?? '' });
  }
  if (sessions.length === 0) sessions = [await result(client, 'sessions.start', { lab: 'switching' })];
  const session = random.pick(sessions).id;
  const asked = actions[action](client, session).catch(() => {});
  await Promise.race([asked, later(after)]);
  await daemon.kill('SIGKILL');
  await asked;
  await daemon.start();
  const next = await clientOf(daemon);
  const now = await result(next, 'sessions.list', {});
  const ids = now.sessions.map(({ id }) => id);
  const lost = sessions.filter(({ id }) => !ids.includes(id) && !(action === 'stop' && id === session));
  if (lost.length > 0) throw new Error(`lost ${lost.map(({ id }) => id)}`);
  for (const { id, machine } of now.sessions) {
    if (machine.state !== 'ready') throw new Error(`the machine of ${id} is ${machine.state}`);
    await result(next, 'topology.get', { session: id });
  }
  const outside = outsiders(daemon.run);
  if (outside.length > 0) throw new Error(`in namespaces of the VM: ${outside}`);
  await answered(next, 'system.version', {});
  next.close();
}
