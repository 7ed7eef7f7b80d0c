import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import type { Node } from '../../src/core/lab/lab.ts';
import { planTopology } from '../../src/core/plan/topology.ts';
import { doctor } from '../../src/kernel/doctor/doctor.ts';
import { KernelMachines } from '../../src/kernel/machine/machines.ts';
import { lackingControllers } from '../../src/kernel/place/control-groups.ts';
import { delegateGroup } from '../../src/kernel/place/delegated-group.ts';
import { enterIn } from '../../src/kernel/place/enter.ts';
import { sh, workplace } from '../support/machines.ts';

const docker: Node = {
  ...{ name: 'host', kind: 'machine', title: null, service: 'docker', sysctls: {}, routes: [], run: [] },
};

/** Makes groups as long as it may, and says how many. */
const everyGroup = `
import os
made = 0
try:
    while made < 1000:
        os.mkdir(f"/sys/fs/cgroup/docker/{made + 1}")
        made += 1
except BlockingIOError:
    pass
print(made)`;

const lacking = await lackingControllers();
const mount = /^\S+ \S+ \S+ \S+ (\S+) .* - cgroup2 /m.exec(readFileSync('/proc/self/mountinfo', 'utf8'))?.[1];

/** The group of cgroup v2 a process is in, as a directory; null where there is no cgroup v2. */
function groupOf(pid: number | 'self'): string | null {
  const path = /^0::(.*)$/m.exec(readFileSync(`/proc/${pid}/cgroup`, 'utf8'))?.[1];
  return mount === undefined || path === undefined ? null : join(mount, path);
}

t.test('the doctor reports whether memory and CPU of a machine are limited', async (t) => {
  const row = (await doctor()).find(({ name }) => name === 'cgroup');
  t.match(row, lacking.length === 0 ? { status: 'ok' } : { status: 'warning', cure: /cgroup v2/ });
  for (const controller of lacking) t.match(row?.detail, controller);
});

/** Makes groups below that of an engine, beside each other and then into each other, as a user without rights. */
const everyGroupIn = `
import os, sys
os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[2]))
group = sys.argv[1]
def made(more):
    count = 0
    try:
        while count < 1000:
            more(count)
            count += 1
    except BlockingIOError:
        pass
    return count
os.chdir(group)
def deeper(_):
    os.mkdir("deep")
    os.chdir("deep")
deep = made(deeper)
os.chdir(group)
wide = made(lambda at: os.mkdir(f"wide{at}"))
refused = []
for file in ["cgroup.max.descendants", "cgroup.max.depth"]:
    try:
        open(f"{group}/../{file}", "w")
    except PermissionError:
        refused.append(file)
print(deep, wide, *refused)`;

const unified = mount ?? '';
t.test('an engine makes so many groups and no deeper ones, and cannot raise that', (t) =>
  workplace(t, async ({ make }) => {
    // cgroup v2 counts groups also where it has no controller.
    t.not(unified, '', 'there is cgroup v2');
    const machine = await make();
    const group = join(unified, `hoplab-test-${process.pid}`);
    mkdirSync(group);
    enterIn(machine.pid, group);
    try {
      await delegateGroup(machine.pid);
      const [, root = ''] = readFileSync(`/proc/${machine.pid}/uid_map`, 'utf8').trim().split(/\s+/);
      const said = execFileSync('python3', ['-c', everyGroupIn, join(group, 'docker'), root], {
        encoding: 'utf8',
      });
      // Two are hoplab's own, and the first of them is one of the eight.
      t.equal(said, '7 503 cgroup.max.descendants cgroup.max.depth\n');
    } finally {
      enterIn(machine.pid, null);
      execFileSync('find', [group, '-depth', '-type', 'd', '-exec', 'rmdir', '{}', '+']);
    }
  }),
);

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

  t.test('containers of an engine have limits of their own, inside those of the machine', (t) =>
    workplace(t, async ({ machines }) => {
      const machine = await machines.create('docker', { root: 256, memory: 768 });
      const group = groupOf(machine.pid) ?? '';
      try {
        await machine.perform(planTopology({ nodes: [docker], bridges: [], links: [] }));
        t.equal(groupOf(machine.pid), join(group, 'machine'));
        t.equal(readFileSync(join(group, 'memory.max'), 'utf8').trim(), String(768 * 2 ** 20));
        const limited =
          'docker run --rm -m 32m --cpus .5 --pids-limit 50 busybox cat /sys/fs/cgroup/memory.max';
        t.equal(await sh(machine, `${limited} /sys/fs/cgroup/cpu.max`), '33554432\n50000 100000\n');
        await sh(
          machine,
          'docker run --name hog -m 32m busybox dd if=/dev/zero of=/dev/null bs=64M count=1; true',
        );
        t.equal(await sh(machine, "docker inspect -f '{{.State.OOMKilled}}' hog"), 'true\n');
        t.ok(machine.alive());

        for (const line of [
          'echo max >memory.max',
          'echo -memory >cgroup.subtree_control',
          'mkdir own',
          'rmdir machine',
        ])
          t.not((await machine.run('host', ['sh', '-c', `cd /sys/fs/cgroup && ${line}`])).exitCode, 0, line);
        t.ok(Number(await sh(machine, `python3 -c '${everyGroup}'`)) < 600, 'its groups are counted');
        await sh(machine, 'echo 1 >/sys/fs/cgroup/docker/1/cgroup.procs');
        t.equal(
          await sh(machine, 'cat /proc/self/cgroup'),
          '0::/machine\n',
          'it is still entered by its own group',
        );
      } finally {
        await machine.destroy();
      }
      t.notOk(existsSync(group), 'all its groups go with it');
      await machines.rest();
    }),
  );
}
