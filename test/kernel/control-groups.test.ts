import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { doctor } from '../../src/kernel/doctor/doctor.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { lackingControllers } from '../../src/kernel/place/control-groups.ts';
import { sh, workplace } from '../support/machines.ts';

const lacking = await lackingControllers();
const mount = /^\S+ \S+ \S+ \S+ (\S+) .* - cgroup2 /m.exec(readFileSync('/proc/self/mountinfo', 'utf8'))?.[1];

/** The group of cgroup v2 a process is in, as a directory; null where there is no cgroup v2. */
function groupOf(pid: number | 'self'): string | null {
  const path = /^0::(.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8'))?.[1];
  return mount === undefined || path === undefined ? null : join(mount, path);
}

t.test('the doctor says whether memory and CPU of a machine are limited', async (t) => {
  const row = (await doctor()).find(({ name }) => name === 'cgroup');
  t.match(row, lacking.length === 0 ? { status: 'ok' } : { status: 'warning', cure: /cgroup v2/ });
  for (const controller of lacking) t.match(row?.detail, controller);
});

if (lacking.length > 0) {
  t.test(`without ${lacking.join(', ')} in cgroup v2 a machine stays where the daemon is`, (t) =>
    workplace(t, async ({ make }) => {
      const machine = await make();
      t.equal(groupOf(machine.pid), groupOf('self'));
      t.equal(await sh(machine, 'echo works'), 'works\n');
    }),
  );
} else {
  t.test('a machine has a control group of its own, and everything that enters is in it', (t) =>
    workplace(t, async ({ make, machines, root }) => {
      const [machine, other] = [await make(), await make()];
      const group = groupOf(machine.pid) ?? '';
      t.not(group, groupOf('self'));
      t.not(group, groupOf(other.pid));
      const limit = (file: string) => readFileSync(join(group, file), 'utf8').trim();
      t.strictSame(['memory.max', 'pids.max', 'cpu.weight'].map(limit), ['536870912', '1024', '20']);
      const before = limit('cgroup.procs').split('\n').length;
      const stream = await machine.open('host', ['sleep', '1000'], { pty: { columns: 80, rows: 24 } });
      while (!(await sh(machine, 'pgrep -x sleep -a')).includes('sleep 1000'));
      t.ok(limit('cgroup.procs').split('\n').length > before, 'a terminal is in it');
      stream.close();

      const hog = await machine.run('host', ['python3', '-c', 'x = bytearray(900 * 2**20)']);
      t.not(hog.exitCode, 0, 'what takes too much memory is ended');
      t.match(limit('memory.events'), /^oom_kill [1-9]/m);
      t.ok(machine.alive());
      t.match(readFileSync(join(groupOf(other.pid) ?? '', 'memory.events'), 'utf8'), /^oom_kill 0/m);
      t.equal(await sh(machine, 'echo works'), 'works\n');

      await machine.destroy();
      t.notOk(existsSync(group), 'it goes with the machine');
      const adopted = await new KernelMachines(root).adopt();
      t.equal(adopted.length, 1, 'the other one is adopted');
      t.ok(existsSync(groupOf(other.pid) ?? ''));
      process.kill(other.pid, 'SIGKILL');
      while (other.alive()) await new Promise(setImmediate);
      await new KernelMachines(root).adopt();
      const base = dirname(group);
      t.strictSame(
        readdirSync(base).filter((name) => name.startsWith('machine-')),
        [],
        'a sweep removes the group of a machine that ended by itself',
      );
      await other.destroy();
      await machines.rest();
    }),
  );
}
