import { readFileSync } from 'node:fs';
import { setTimeout as later } from 'node:timers/promises';
import { withDaemon } from '../support/daemon.ts';
import { machineProcesses, rangesOf } from '../support/vm.ts';
import { answered, clientOf, type Part, result } from './part.ts';

/** kill -9 of a machine's processes, pid 1 among them, while it is asked: all is answered, and reset heals. */
const killsIn = (name: string, lab: string): Part => ({
  name,
  run: ({ random, most, goesOn, tally }) =>
    withDaemon(async (daemon) => {
      await daemon.start();
      const client = await clientOf(daemon);
      const { id: session } = await result(client, 'sessions.start', { lab }, 120);
      for (let round = 0; round < most && goesOn(); round++) {
        const whole = random.chance(0.4);
        const after = random.below(400);
        await tally.attempt(
          `round ${round}, ${whole ? 'pid 1' : 'a process'} after ${after} ms`,
          async () => {
            const asked = Promise.all([
              answered(client, 'checks.run', { session }),
              answered(client, 'path.trace', { session, from: 'host', to: '127.0.0.1' }),
              answered(client, 'topology.expose', { session }),
            ]);
            await later(after);
            const pids = machineProcesses(daemon.run).map((line) => Number(line.split(' ')[0]));
            const first = pids.filter(isFirst);
            kill(random.pick(whole && first.length > 0 ? first : pids));
            await asked;
            await answered(client, 'topology.get', { session });
            await result(client, 'sessions.reset', { session }, 120);
            await result(client, 'topology.get', { session });
          },
        );
      }
      await tally.attempt('what is left', async () => {
        await daemon.hoplab('stop', '--all');
        for (const end = Date.now() + 30_000; rangesOf(daemon.run).size > 0; await later(50))
          if (Date.now() > end) throw new Error(`${rangesOf(daemon.run).size} uid ranges are still taken`);
      });
    }),
});

export const machines = killsIn('machines', 'switching');
/** Engines and their helpers are processes of the machine. */
export const docker = killsIn('docker', 'container-network');
export const kubernetes = killsIn('kubernetes', 'api-groups');

const statusOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // It has ended by itself meanwhile.
    return '';
  }
};

const isFirst = (pid: number): boolean => /^NSpid:.*\s1$/m.test(statusOf(pid));

function kill(pid: number | undefined): void {
  if (pid !== undefined && statusOf(pid) !== '') process.kill(pid, 'SIGKILL');
}
