import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { python } from '../../src/kernel/exec/python.ts';
import { withDaemon } from '../support/daemon.ts';
import { machineProcesses, vmInventory } from '../support/vm.ts';

t.test('kill -9 of the daemon while a machine is watched leaves nothing of the watch', (t) =>
  withDaemon(async (daemon) => {
    const vm = vmInventory();
    await daemon.start();
    await daemon.hoplab('start', 'network-namespaces', '--step', 'virtual-switch');
    const { sessions } = await daemon.json<{ sessions: { machine: { pid: number } }[] }>('sessions');
    const pid = String(sessions[0]?.machine.pid);
    const before = left(daemon.run, pid);
    t.strictSame([...before.watches, ...before.inotify], [], 'nobody follows yet');

    const client = daemon.started('watch');
    await until(() => left(daemon.run, pid).inotify.length > 0);
    const { watches } = left(daemon.run, pid);
    t.equal(watches.length, 1);
    const [own] = watches.flatMap(namespaceOf);
    t.ok(own && !before.namespaces.includes(own), 'it has a namespace of its own');

    await daemon.kill('SIGKILL');
    client.child.kill('SIGKILL');
    await client.ended;
    await until(() => left(daemon.run, pid).watches.length === 0);
    const after = left(daemon.run, pid);
    t.notOk(after.namespaces.includes(own ?? ''), 'its namespace went with it');
    t.strictSame(
      { ...after, namespaces: null },
      { ...before, namespaces: null },
      'processes, inotify and the tables of the machine are as before',
    );
    t.strictSame(vmInventory(), vm, "the VM's own network is as it was");

    await daemon.start();
    const again = daemon.started('watch');
    await until(() => left(daemon.run, pid).inotify.length > 0);
    t.equal(left(daemon.run, pid).watches.length, 1, 'and the machine can be watched again');
    again.child.kill('SIGKILL');
    await again.ended;
    await until(() => left(daemon.run, pid).watches.length === 0);
    t.strictSame(left(daemon.run, pid).inotify, [], 'which ends with the last who follows');
  }),
);

/** Looks until it holds, for ten seconds at most: what is compared afterwards says what did not. */
async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!holds() && performance.now() < end) await setTimeout(10);
}

/**
 * Anything that a watch could leave of a daemon's machines: seen from the VM, and from inside the machine
 * with this pid 1.
 */
function left(run: string, pid: string) {
  const processes = machineProcesses(run);
  const inside = (...command: string[]) =>
    execFileSync('nsenter', ['-t', pid, '-a', ...command], { encoding: 'utf8' });
  const pids = processes.map(pidOf);
  return {
    watches: processes.filter((line) => line.includes(python('watch').join(' '))).map(pidOf),
    inotify: pids.flatMap(inotifyOf),
    namespaces: [...new Set(pids.flatMap(namespaceOf))].sort(),
    tables: inside('nft', 'list', 'ruleset'),
    numbers: inside('ip', 'netns', 'list-id'),
    names: inside('ip', 'netns', 'list'),
  };
}

const pidOf = (line: string) => line.split(' ')[0] ?? '';

function inotifyOf(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fdinfo`).filter((fd) =>
      readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8').includes('inotify wd:'),
    );
  } catch {
    // Ended while we looked.
    return [];
  }
}

function namespaceOf(pid: string): string[] {
  try {
    return [readlinkSync(`/proc/${pid}/ns/net`)];
  } catch {
    return [];
  }
}
