import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import t from 'tap';
import { type Daemon, withDaemon } from '../support/daemon.ts';
import { vmInventory } from '../support/vm.ts';

interface Exposed {
  handles: { node: string; name: string; file: string }[];
}

const filesOf = ({ handles }: Exposed) => handles.map(({ file }) => file);
const there = (files: string[]) => files.filter((file) => existsSync(file));

async function pidOf(daemon: Daemon): Promise<number> {
  const { sessions } = await daemon.json<{ sessions: { machine: { pid: number } }[] }>('sessions');
  return sessions[0]?.machine.pid ?? 0;
}

t.test('handles go with the machine: reset, undo, stop', (t) =>
  withDaemon(async (daemon) => {
    const before = vmInventory();
    await daemon.start();
    const started = await daemon.hoplab('start', 'network-namespaces', '--step', 'veth-pair');
    t.equal(started.exitCode, 0, started.stderr);
    const first = await daemon.json<Exposed>('expose');
    t.ok(first.handles.some(({ node }) => node === 'red'));
    t.strictSame(there(filesOf(first)), filesOf(first));
    const output = await daemon.hoplab('expose', 'red');
    const name = /ip netns exec (hoplab\.\w+\.red) /.exec(output.stdout)?.[1] ?? '';
    t.match(execFileSync('ip', ['netns', 'exec', name, 'ip', 'link'], { encoding: 'utf8' }), /lo: <LOOPBACK/);

    t.equal((await daemon.hoplab('reset')).exitCode, 0);
    t.strictSame(there(filesOf(first)), [], 'another machine: the old names lead nowhere');
    const second = await daemon.json<Exposed>('expose', 'red');
    t.equal((await daemon.hoplab('undo')).exitCode, 0);
    t.strictSame(there(filesOf(second)), []);
    const third = await daemon.json<Exposed>('expose');
    t.equal((await daemon.hoplab('stop')).exitCode, 0);
    t.strictSame(there(filesOf(third)), []);
    t.strictSame(vmInventory(), before, 'the VM is as it was');
  }),
);

t.test('after kill -9 of the daemon: what lives is kept, what died is swept, by record', (t) =>
  withDaemon(async (daemon) => {
    const before = vmInventory();
    await daemon.start();
    await daemon.hoplab('start', 'network-namespaces', '--step', 'veth-pair');
    const files = filesOf(await daemon.json<Exposed>('expose'));
    await daemon.kill('SIGKILL');
    await daemon.start();
    t.strictSame(there(files), files, 'the machine lives, and so do its handles');

    const pid = await pidOf(daemon);
    await daemon.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    t.strictSame(there(files), files, 'nobody is there to take them away');
    // Another program's, under a name like one of hoplab's.
    const others = '/run/netns/hoplab.none.red';
    mkdirSync('/run/netns', { recursive: true });
    writeFileSync(others, '');
    try {
      await daemon.start();
      t.strictSame(there(files), []);
      t.ok(existsSync(others), 'what is not on record is not touched');
    } finally {
      rmSync(others);
    }
    await daemon.hoplab('stop', '--all');
    t.strictSame(vmInventory(), before, 'the VM is as it was');
  }),
);
