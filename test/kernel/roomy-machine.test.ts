import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import t from 'tap';
import type { Node } from '../../src/core/lab/lab.ts';
import { usualSize } from '../../src/core/lab/machine-size.ts';
import { planTopology } from '../../src/core/plan/topology.ts';
import { ReadyMachines } from '../../src/kernel/machine/ready-machines.ts';
import { sh, workplace } from '../support/machines.ts';

const lan: Node = { name: 'lan', kind: 'host', title: null, service: null, sysctls: {}, routes: [], run: [] };

t.test('control groups are mounted in a machine and on its hosts, whatever else is under /sys', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    await machine.perform(planTopology({ nodes: [lan], bridges: [], links: [] }));
    t.equal(await sh(machine, 'cat /proc/self/cgroup | grep ^0:'), '0::/\n', 'of the VM it sees nothing');
    await sh(machine, 'mount -t tmpfs none /sys/fs/cgroup && mount -t tmpfs none /sys/fs');
    for (const node of ['host', 'lan']) await sh(machine, 'true', node);
    t.equal(await sh(machine, 'stat -f -c %T /sys/fs/cgroup', 'lan'), 'cgroup2fs\n');
    t.equal(await sh(machine, 'ls /sys/class/net', 'lan'), 'lo\n');
  }),
);

t.test('a machine has the room its lab asks for, also one that was made before', (t) =>
  workplace(t, async ({ machines }) => {
    const room = (text: string) => text.trim().split(/\s+/);
    const asked = 'df -BM --output=size / | tail -1; df --output=itotal / | tail -1';
    const ready = new ReadyMachines(machines);
    const [usual, roomy] = [
      await ready.create('usual'),
      await ready.create('roomy', { root: 256, memory: 768 }),
    ];
    t.strictSame(room(await sh(usual, asked)), ['64M', '32768']);
    t.strictSame(room(await sh(roomy, asked)), ['256M', '131072']);
    await Promise.all([usual.destroy(), roomy.destroy()]);
    await ready.rest();
  }),
);

t.test('of a machine that died before it was taken, nothing is left', (t) =>
  workplace(t, async ({ root, machines }) => {
    const ready = new ReadyMachines(machines);
    const first = await ready.create('first');
    const pid = await pidOfReady(join(root, 'machines'));
    process.kill(pid, 'SIGKILL');
    while (/^State:\s+[^ZX]/m.test(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')))
      await later(5);
    const second = await ready.create('second');
    t.not(second.pid, pid);
    await Promise.all([first.destroy(), second.destroy()]);
    await ready.rest();
  }),
);

/** Waits until the machine that is kept ready has its first process. */
async function pidOfReady(records: string): Promise<number> {
  for (;;) {
    for (const name of await readdir(records)) {
      const record = JSON.parse(await readFile(join(records, name), 'utf8').catch(() => '{}'));
      if (record.id?.startsWith('ready-') && record.pid) return record.pid;
    }
    await later(5);
  }
}

t.test('a restart takes over files, and nothing that is mounted over them', (t) =>
  workplace(t, async ({ make }) => {
    const [before, after] = [await make(), await make()];
    await sh(before, 'mkdir -p /var/lib/x/under /var/lib/x/over && echo kept >/var/lib/x/file');
    await sh(before, 'mount -t tmpfs none /var/lib/x/over && echo mounted >/var/lib/x/over/file');
    await after.startWithFilesOf(before);
    t.equal(await sh(after, 'cd /var/lib/x && cat file && ls over'), 'kept\n');
  }),
);

t.test('a machine has the servers its lab asks for; the others and the VM do not', (t) =>
  workplace(t, async ({ make }) => {
    const [usual, lent] = [await make(), await make({ ...usualSize, programs: 'services' })];
    const asked = [
      'bash',
      '-c',
      'grep -c ^postfix: /etc/passwd; findmnt -no FSTYPE /usr; chronyd --version; postconf -d mail_version',
    ];
    const { stdout, exitCode } = await lent.run('host', asked);
    t.equal(exitCode, 0);
    t.match(stdout, /^1\n\S+\noverlay\nchronyd .*\nmail_version = /);
    t.notMatch((await usual.run('host', asked)).stdout, 'overlay');
    t.not((await lent.run('host', ['touch', '/usr/sbin/chronyd'])).exitCode, 0, 'they are for reading');
  }),
);
