import { execFileSync } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { withDaemon } from '../support/daemon.ts';

t.test('kill -9 of the daemon while it traces: no rule of the tracer is left', (t) =>
  withDaemon(async (daemon) => {
    await daemon.start();
    await daemon.hoplab('start', 'switching', '--step', 'two-addresses');
    const { sessions } = await daemon.json<{ sessions: { machine: { pid: number } }[] }>('sessions');
    const pid = String(sessions[0]?.machine.pid);
    const rules = () =>
      execFileSync('nsenter', ['-t', pid, '-a', 'nft', 'list', 'ruleset'], { encoding: 'utf8' });

    // No node has this address: it takes seconds until the probe gives up.
    const tracing = daemon.started('trace', 'a', '--http', 'http://192.168.1.11/');
    let ended = false;
    tracing.ended.then(() => {
      ended = true;
    });
    while (!rules().includes('hoplab_trace') && !ended) await setTimeout(10);
    await daemon.kill('SIGKILL');
    t.not((await tracing.ended).exitCode, 0, 'the client is told');
    for (let look = 0; look < 200 && rules() !== ''; look++) await setTimeout(20);
    t.equal(rules(), '');
    await daemon.start();
    t.equal((await daemon.hoplab('trace', 'a', '192.168.1.10')).exitCode, 0, 'and the next trace works');
  }),
);
