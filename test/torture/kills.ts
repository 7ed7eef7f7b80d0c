import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { setTimeout as later } from 'node:timers/promises';
import type { Client } from '../../src/client/client.ts';
import { readPlain } from '../../src/kernel/place/plain-file.ts';
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

/** What the daemon asks of the kernel where a kill could leave half of something. */
const boundaries = {
  'of a journal': 'write,pwrite64,writev,fsync,fdatasync,rename,renameat2,ftruncate,link,unlink,mkdir',
  'of a machine': 'clone,clone3,vfork,kill,execve',
};

/** kill -9 of the daemon while something is asked: every session that was told to be there is there afterwards. */
export const kills: Part = {
  name: 'kills',
  run: (trial) =>
    besideOthers(trial, async (daemon) => {
      await daemon.start();
      for (let round = 0; round < trial.most && trial.goesOn(); round++) {
        const action = trial.random.pick(Object.keys(actions) as (keyof typeof actions)[]);
        const after = trial.random.below(600);
        await trial.tally.attempt(`round ${round}, ${action}, killed after ${after} ms`, () =>
          killed(daemon, action, trial, (ask) => Promise.race([ask(), later(after)])),
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

/** A daemon beside another one with machines and names of its own, and a name like hoplab's that is nobody's: all stay. */
function besideOthers({ tally }: Trial, work: (daemon: Daemon) => Promise<void>): Promise<void> {
  return withDaemon(async (other) => {
    await other.start();
    const client = await clientOf(other);
    const { id: session } = await result(client, 'sessions.start', { lab: 'switching' });
    const { handles } = await result(client, 'topology.expose', { session });
    const foreign = `hoplab.${session}x.host`;
    execFileSync('ip', ['netns', 'add', foreign]);
    try {
      const seen = () => ({
        names: [foreign, ...handles.map(({ name }) => name)].map(
          (name) => statSync(`/run/netns/${name}`).ino,
        ),
        processes: machineProcesses(other.run).filter((line) => line.startsWith(`${pid} `)).length,
      });
      const { machine } = await result(client, 'sessions.get', { session });
      const pid = machine.pid;
      const before = JSON.stringify(seen());
      await withDaemon(work);
      await tally.attempt('what others have beside it', async () => {
        const after = JSON.stringify(seen());
        if (after !== before) throw new Error(`${before} became ${after}`);
        await result(client, 'checks.run', { session });
      });
    } finally {
      execFileSync('ip', ['netns', 'delete', foreign]);
    }
  });
}

/** kill -9 as the daemon makes its n-th system call of a kind after it was asked for something. */
export const boundaryKills: Part = {
  name: 'boundaries',
  run: (trial) =>
    withDaemon(async (daemon) => {
      await daemon.start();
      let reached = 0;
      for (let round = 0; round < trial.most && trial.goesOn(); round++) {
        const action = trial.random.pick(Object.keys(actions) as (keyof typeof actions)[]);
        const kind = trial.random.pick(Object.keys(boundaries) as (keyof typeof boundaries)[]);
        // Small numbers are likelier: few actions make many calls.
        const call = 1 + trial.random.below(2 ** (1 + trial.random.below(6)));
        await trial.tally.attempt(`round ${round}, ${action}, killed at call ${call} ${kind}`, () =>
          killed(daemon, action, trial, async (ask) => {
            if (await killedAt(daemon, boundaries[kind], call, ask)) reached += 1;
          }),
        );
      }
      trial.tally.notes.push(`${reached} killed at a system call, the others when what was asked had ended`);
    }),
};

/** Has the kernel kill the daemon at its n-th call; false when what was asked has ended before. */
async function killedAt(
  daemon: Daemon,
  calls: string,
  call: number,
  ask: () => Promise<unknown>,
): Promise<boolean> {
  const inject = `${calls}:signal=SIGKILL:when=${call}`;
  const args = ['-f', '-qq', '-p', String(daemon.pid), '-e', `trace=${calls}`, '-e', `inject=${inject}`];
  const tracer = spawn('strace', args, { stdio: ['ignore', 'ignore', 'ignore'] });
  const ended = once(tracer, 'exit');
  const seen = (line: RegExp) => line.exec(readPlain(`/proc/${daemon.pid}/status`) ?? '')?.[1];
  // A zombie as long as its tracer has not heard of its end; then it goes.
  const killed = () => ['Z', undefined].includes(seen(/^State:\s+(\S)/m));
  while (seen(/^TracerPid:\s+(\d+)/m) !== String(tracer.pid) && tracer.exitCode === null) await later(5);
  let answered = false;
  const asked = ask().then(() => {
    answered = true;
  });
  while (!killed() && !answered) await later(5);
  const reached = killed();
  tracer.kill('SIGKILL');
  await Promise.all([ended, asked]);
  return reached;
}

/** Asks for something, has the daemon killed meanwhile by `kill`, starts it again and looks at what is left. */
async function killed(
  daemon: Daemon,
  action: keyof typeof actions,
  { random }: Trial,
  kill: (ask: () => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  const client = await clientOf(daemon);
  client.lost.catch(() => {});
  let { sessions } = await result(client, 'sessions.list', {});
  while (sessions.length > 3) {
    await result(client, 'sessions.stop', { session: sessions.shift()?.id ?? '' });
  }
  if (sessions.length === 0) sessions = [await result(client, 'sessions.start', { lab: 'switching' })];
  const session = random.pick(sessions).id;
  let asked: Promise<unknown> = Promise.resolve();
  await kill(() => (asked = actions[action](client, session).catch(() => {})));
  await daemon.kill('SIGKILL');
  await asked;
  await daemon.start();
  const next = await clientOf(daemon);
  const now = await result(next, 'sessions.list', {});
  const ids = now.sessions.map(({ id }) => id);
  const lost = sessions.filter(({ id }) => !ids.includes(id) && !(action === 'stop' && id === session));
  if (lost.length > 0) throw new Error(`lost ${lost.map(({ id }) => id)}`);
  for (const { id, machine } of now.sessions)
    if (machine.state !== 'ready') throw new Error(`the machine of ${id} is ${machine.state}`);
  await Promise.all(now.sessions.map(({ id }) => result(next, 'topology.get', { session: id })));
  const outside = outsiders(daemon.run);
  if (outside.length > 0) throw new Error(`in namespaces of the VM: ${outside}`);
  await answered(next, 'system.version', {});
  next.close();
}
