import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { type Daemon, withDaemon } from '../support/daemon.ts';
import { machineProcesses } from '../support/vm.ts';
import { root } from './bash.ts';

t.test('the end of the system ends machines, whatever is in them; sessions begin again at their steps', (t) =>
  withDaemon((daemon) =>
    withDaemon(async (neighbour) => {
      await Promise.all([daemon.start(), neighbour.start()]);
      await neighbour.hoplab('start', 'network-namespaces');
      await daemon.hoplab('start', 'network-namespaces', '--step', 'virtual-switch');
      await daemon.hoplab('start', 'switching');
      // Processes that hear no SIGTERM: the first of a namespace, one of another user, one that catches it.
      await daemon.hoplab('exec', 'host', '--', 'sh', '-c', hardened);
      const steps = await stepsOf(daemon);
      t.equal(steps.length, 2);
      await daemon.kill('SIGTERM');
      t.match(machineProcesses(daemon.run).join('\n'), /sleep 4711/);
      t.match(machineProcesses(daemon.run).join('\n'), /sleep 4712/);
      const others = machineProcesses(neighbour.run);

      const started = performance.now();
      const { stdout } = await end(daemon);
      t.comment(`machines ended after ${Math.round(performance.now() - started)} ms`);
      t.equal(stdout, 'machines: ended\n');
      t.strictSame(machineProcesses(daemon.run), []);
      t.strictSame(machineProcesses(neighbour.run), others, "another daemon's machines stay");
      t.equal((await end(daemon)).stdout, 'machines: ended\n', 'there is nothing left to do');

      await daemon.start();
      t.strictSame(await stepsOf(daemon), steps);
      t.equal((await daemon.hoplab('exec', 'host', '--', 'true')).exitCode, 0);
    }),
  ),
);

t.test('its unit stands beside the one of the daemon', (t) => {
  const unit = (name: string) => readFileSync(join(root, 'scripts', name), 'utf8');
  t.match(unit('hoplab.service'), /^Wants=hoplab-machines\.service$/m);
  t.match(
    unit('hoplab.service'),
    /^After=.*\bhoplab-machines\.service$/m,
    'so it is stopped after the daemon',
  );
  t.notMatch(
    unit('hoplab-machines.service'),
    /PartOf|BindsTo|StopWhenUnneeded/,
    'a restart does not stop it',
  );
  t.end();
});

const hardened = `unshare --pid --fork --mount-proc sleep 4711 >/dev/null 2>&1 &
  setpriv --reuid 1000 --clear-groups unshare --user --map-root-user sh -c 'trap "" TERM; sleep 4712' >/dev/null 2>&1 &
  until pgrep -f '^sleep 4711' && pgrep -f '^sleep 4712'; do :; done >/dev/null`;

function end(daemon: Daemon): Promise<{ stdout: string }> {
  return promisify(execFile)(join(root, 'scripts/end-machines'), {
    env: { PATH: process.env.PATH, HOPLAB_RUN: daemon.run },
  });
}

async function stepsOf(daemon: Daemon): Promise<string[]> {
  const { sessions } = await daemon.json<{ sessions: { id: string; step: string }[] }>('sessions');
  return sessions.map(({ id, step }) => `${id} ${step}`).sort();
}
