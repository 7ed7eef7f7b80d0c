import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import type { Machine } from '../../src/core/ports.ts';
import { endRange } from '../../src/kernel/machine/sweep.ts';
import { processesByUidBase } from '../../src/kernel/machine/uid-range.ts';
import { workplace } from '../support/machines.ts';

const stops = ['sh', '-c', 'kill -STOP $$; echo went on; exec sleep 60'];

/** The programs by which commands entered a machine, and the state of each (proc_pid_stat(5)). */
function entrances(pid: number): string[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const [program, , machine] = readFileSync(`/proc/${name}/cmdline`, 'latin1').split('\0');
      if (program !== 'nsenter' || machine !== String(pid)) return [];
      return [/\) (.)/.exec(readFileSync(`/proc/${name}/stat`, 'latin1'))?.[1] ?? ''];
    } catch {
      return [];
    }
  });
}

async function stopped(machine: Machine & { pid: number }, pty: boolean) {
  const stream = await machine.open('host', stops, { pty: pty ? { columns: 80, rows: 24 } : null });
  stream.onData(() => {});
  while (!entrances(machine.pid).includes('T')) await setTimeout(5);
  return stream;
}

for (const pty of [false, true]) {
  t.test(`a stopped command ${pty ? 'of a terminal' : 'with pipes'} holds no machine up`, (t) =>
    workplace(t, async ({ make }) => {
      const machine = (await make()) as Machine & { pid: number };
      await stopped(machine, pty);
      await machine.destroy();
      t.notOk(machine.alive());
    }),
  );

  t.test(`a stopped command ${pty ? 'of a terminal' : 'with pipes'} ends as its client leaves`, (t) =>
    workplace(t, async ({ make }) => {
      const machine = (await make()) as Machine & { pid: number };
      const stream = await stopped(machine, pty);
      const over = new Promise<void>((resolve) => stream.onExit(() => resolve()));
      stream.close();
      await over;
      t.strictSame(entrances(machine.pid), []);
    }),
  );
}

t.test('nor the range of one whose daemon has been killed', (t) =>
  workplace(t, async ({ make }) => {
    const machine = (await make()) as Machine & { pid: number };
    await stopped(machine, false);
    const [base] = [...processesByUidBase()].find(([, pids]) => pids.includes(machine.pid)) ?? [];
    t.ok(base !== undefined && (await endRange(base)));
  }),
);
