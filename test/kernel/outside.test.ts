import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import t from 'tap';
import { sh, workplace } from '../support/machines.ts';
import { outsiders, rangesOf } from '../support/vm.ts';
import { watched } from '../support/watched.ts';

const baseOf = (pid: number) =>
  Number(readFileSync(`/proc/${pid}/uid_map`, 'utf8').trim().split(/\s+/)[1] ?? '');

t.test('a watch needs no file of the machine', (t) =>
  workplace(t, async ({ make, root }) => {
    const machine = await make();
    // The machine's every program and library is gone before the first watch.
    await sh(machine, 'ip netns add red; ip link add va type veth peer name vb netns red; ip link set va up');
    const inside = await machine.open('host', ['python3', '-c', keeper], { pty: null });
    let output = '';
    inside.onData((_, data) => {
      output += Buffer.from(data).toString();
    });
    const says = async (word: string) => {
      while (!output.includes(word)) await new Promise(setImmediate);
    };
    await says('hidden');
    t.not((await machine.run('host', ['true'])).exitCode, 0, 'nothing can be executed in it any more');
    const { after } = await watched(machine);
    const kinds = await after(async () => inside.write(Buffer.from('\n')), 'files');
    t.ok(kinds.includes('files'), 'the watch tells of a change all the same');
    t.strictSame(outsiders(root), []);
    inside.end();
  }),
);

/** Hides /usr, then writes a file for each line it gets. */
const keeper = `
import ctypes, sys
assert ctypes.CDLL(None, use_errno=True).mount(b'none', b'/usr', b'tmpfs', 0, None) == 0
print('hidden', flush=True)
for line in sys.stdin:
    open('/etc/mark', 'a').write('x')
`;

t.test('no process of a machine is ever in a namespace of the VM', (t) =>
  workplace(t, async ({ make, root }) => {
    const machine = await make();
    await sh(machine, 'ip netns add red; ip link add va type veth peer name vb netns red');
    await sh(
      machine,
      'ip addr add 10.0.0.1/24 dev va; ip link set va up; ip -n red addr add 10.0.0.2/24 dev vb; ip -n red link set vb up',
    );
    const seen = new Set<string>();
    let looks = 0;
    let over = false;
    const looking = (async () => {
      while (!over) {
        looks += 1;
        for (const one of outsiders(root)) seen.add(one);
        await new Promise(setImmediate);
      }
    })();
    const { watch } = await watched(machine);
    const terminal = await machine.open('host', ['sleep', '100'], { pty: { columns: 80, rows: 24 } });
    await machine.trace({ from: 'host', to: '10.0.0.2', probe: { kind: 'icmp' } });
    await machine.observe();
    await machine.processes();
    await watch.look();
    await machine.destroy();
    over = true;
    await looking;
    terminal.close();
    t.ok(looks > 10, `${looks} looks`);
    t.strictSame([...seen], []);
  }),
);

t.test('a range is not given back while a process has one of its users', (t) =>
  workplace(t, async ({ make, root }) => {
    const machine = await make();
    const base = baseOf(machine.pid);
    // As if something had got out: a process of the VM's namespaces with a user of the machine's.
    const stray = spawn('setpriv', [`--reuid=${base + 1000}`, '--clear-groups', 'sleep', '1000']);
    const ended = once(stray, 'exit');
    while (!outsiders(root).some((line) => line.startsWith(`${stray.pid} sleep`)))
      await new Promise(setImmediate);
    t.pass('the test sees it');
    await machine.destroy();
    t.strictSame(await ended, [null, 'SIGKILL'], 'it was ended');
    t.strictSame([...rangesOf(root)], [], 'and the range given back');
  }),
);

t.test("nsenter's own errors are not looked up in the machine", (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    // A catalogue of messages as gettext reads them: one translation, whatever nsenter may have to say.
    const catalogue = `python3 -c '
import struct
pairs = [(b"", b"Content-Type: text/plain; charset=UTF-8\\n"), (b"No such file or directory", b"said by the machine")]
at = 28 + 16 * len(pairs)
tables, words = [b"", b""], b""
for side in (0, 1):
    for pair in pairs:
        tables[side] += struct.pack("<II", len(pair[side]), at + len(words))
        words += pair[side] + b"\\0"
head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
open("/usr/share/locale/C.UTF-8/LC_MESSAGES/libc.mo", "wb").write(head + tables[0] + tables[1] + words)'`;
    await sh(
      machine,
      `mount -t tmpfs none /usr/share/locale && mkdir -p /usr/share/locale/C.UTF-8/LC_MESSAGES
       ${catalogue}
       LC_MESSAGES=C.UTF-8 cat /etc/none 2>&1 | grep "said by the machine"`,
    );
    t.pass('inside, the catalogue is read');
    const { exitCode, stderr } = await machine.run('host', ['/etc/none']);
    t.not(exitCode, 0, 'nsenter has an error of its own');
    t.match(stderr, /nsenter: .*No such file or directory/);
    t.notMatch(stderr, /said by the machine/);
  }),
);
