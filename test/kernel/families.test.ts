import { readFileSync } from 'node:fs';
import t from 'tap';
import { withDaemon } from '../support/daemon.ts';

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
    t.match(readFileSync(`/proc/${daemon.pid}/status`, 'utf8'), /^Seccomp_filters:\s+[1-9]/m);
    t.notMatch(daemon.log, /sockets of all families/);
  }),
);
