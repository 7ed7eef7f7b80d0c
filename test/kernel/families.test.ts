import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { type Daemon, withDaemon } from '../support/daemon.ts';
import { machineProcesses } from '../support/vm.ts';
import { clientOf, result } from '../torture/part.ts';

/** The families of which a socket of any kind can be made. */
const families = `
import socket
made = []
for family in range(64):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind).close()
        except OSError:
            continue
        made.append(family)
        break
print(*made)`;

t.test('a machine makes sockets of the families that labs need, and of no others', (t) =>
  withDaemon(async (daemon) => {
    await daemon.start();
    t.equal((await daemon.hoplab('start', 'switching')).exitCode, 0);
    const exec = (...argv: string[]) => daemon.hoplab('exec', 'host', '--', ...argv);
    // AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET; not AF_VSOCK (40), which leads to the VM and to its host.
    t.match(await exec('python3', '-c', families), { exitCode: 0, stdout: '1 2 10 16 17\n' });
    const uring =
      'import ctypes; l = ctypes.CDLL(None, use_errno=True); print(l.syscall(425, 1, 0), ctypes.get_errno())';
    t.match(await exec('python3', '-c', uring), { stdout: '-1 38\n' }, 'io_uring would make others');
    t.notMatch(daemon.log, /sockets of all families/);
  }),
);

t.test('the filter is on the daemon, on all that it starts, and on all in machines', (t) =>
  withDaemon(async (daemon) => {
    await daemon.start();
    const client = await clientOf(daemon);
    const { id: session } = await result(client, 'sessions.start', { lab: 'container-network' }, 120);
    await result(client, 'sessions.subscribe', { session });
    await result(client, 'terminal.open', {
      session,
      pty: { columns: 80, rows: 24 },
      argv: ['sleep', '1007'],
    });
    const seen = new Map<string, boolean>();
    const asked = Promise.all([
      result(client, 'checks.run', { session }),
      result(client, 'path.trace', { session, from: 'host', to: '127.0.0.1' }),
      result(client, 'topology.get', { session }),
    ]);
    let over = false;
    void asked.finally(() => {
      over = true;
    });
    for (let last = false; !last; await new Promise(setImmediate)) {
      last = over;
      for (const [name, held] of filtered(daemon)) seen.set(name, held && seen.get(name) !== false);
    }
    await asked;
    for (const part of ['dockerd', 'sleep 1007', ' init', 'py watch', 'py serve', 'py run', ' daemon'])
      t.ok(
        [...seen.keys()].some((name) => name.includes(part)),
        part,
      );
    const free = [...seen].filter(([, held]) => !held).map(([name]) => name);
    t.strictSame(free, []);
    client.close();
  }),
);

/** The daemon, what it has started, and the processes of its machines: what each runs, and whether it has the filter. */
function filtered(daemon: Daemon): [name: string, held: boolean][] {
  const inMachines = new Set(machineProcesses(daemon.run).map((line) => line.split(' ')[0]));
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const status = readFileSync(`/proc/${pid}/status`, 'utf8');
        const [parent, mode] = ['PPid', 'Seccomp'].map(
          (field) => new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1],
        );
        return [
          { pid, parent, mode, name: readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ') },
        ];
      } catch {
        // Ended while we looked.
        return [];
      }
    });
  const parents = new Map(all.map(({ pid, parent }) => [pid, parent]));
  const isBelow = (pid: string | undefined): boolean =>
    pid !== undefined && (pid === String(daemon.pid) || isBelow(parents.get(pid)));
  return all
    .filter(({ pid, name }) => name !== '' && (inMachines.has(pid) || isBelow(pid)))
    .map(({ name, mode }) => [name, mode === '2']);
}
