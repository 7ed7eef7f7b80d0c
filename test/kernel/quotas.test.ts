import t from 'tap';
import { limitOwnChildren } from '../../src/kernel/machine/limits.ts';
import { sh, workplace } from '../support/machines.ts';
import { watched } from '../support/watched.ts';

t.test('the limits of its children are set before it starts any, as the daemon does it', async (t) => {
  t.strictSame(await limitOwnChildren(), []);
});

t.test('a process of a machine dumps no core and has so many files, a machine so many terminals', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    t.equal(await sh(machine, 'ulimit -Sc; ulimit -Hc'), '0\n0\n');
    t.notOk(
      (await machine.run('host', ['bash', '-c', 'ulimit -c 1'])).exitCode === 0,
      'nor can it ask for one',
    );
    const hard = Number(await sh(machine, 'ulimit -Hn'));
    t.ok(hard <= 65_536 && hard >= 4096, `${hard} files at most`);
    t.equal(await sh(machine, 'ulimit -Sn'), '4096\n');
    t.equal(await sh(machine, `python3 -c '${everyTerminal}'`), '256 28\n', 'ENOSPC');
  }),
);

/** Opens pseudo-terminals until it is refused, says how many, and why. */
const everyTerminal = `
import os
made = []
try:
    while len(made) < 4000:
        made.append(os.open("/dev/ptmx", os.O_RDWR | os.O_NOCTTY))
except OSError as error:
    print(len(made), error.errno)`;

/** Opens inotify instances until it is refused, says how many, and keeps them. */
const greedy = `
import ctypes, sys
libc = ctypes.CDLL(None)
got = 0
while libc.inotify_init1(0) >= 0:
    got += 1
print('got', got, flush=True)
sys.stdin.read()
`;

const one = `python3 -c 'import ctypes; print("yes" if ctypes.CDLL(None).inotify_init1(0) >= 0 else "no")'`;

t.test("one learner's inotify instances are nobody else's", (t) =>
  workplace(t, async ({ make }) => {
    const [hog, other] = await Promise.all([make(), make()]);
    const holding = await hog.open('host', ['python3', '-c', greedy], { pty: null });
    let output = '';
    holding.onData((_, data) => {
      output += Buffer.from(data).toString();
    });
    while (!/got \d+/.test(output)) await new Promise(setImmediate);
    t.ok(Number(/got (\d+)/.exec(output)?.[1]) > 1, output.trim());
    t.equal(await sh(hog, one), 'no\n', 'the machine has used up its own');
    t.equal(await sh(other, one), 'yes\n', 'another machine has all of its own');
    await sh(other, 'dnsmasq --port=5353 --listen-address=127.0.0.1 --bind-interfaces');
    const { after } = await watched(hog);
    const kinds = await after(() => sh(hog, 'echo 1 >/etc/mark'), 'files');
    t.ok(kinds.includes('files'), 'hoplab watches even the machine that has none left');
    holding.end();
  }),
);

t.test('processes of all users of a machine are counted together', (t) =>
  workplace(t, async ({ make }) => {
    const [machine, other] = await Promise.all([make(), make()]);
    const counted = await sh(
      machine,
      `for uid in 1001 1002; do
         setpriv --reuid=$uid --clear-groups python3 -c '
import os
made = 0
try:
    while made < 1500:
        if os.fork() == 0:
            os.execvp("sleep", ["sleep", "1000"])
        made += 1
except BlockingIOError:
    pass
print(made)'
       done`,
    );
    const [first = 0, second = 0] = counted.trim().split('\n').map(Number);
    t.ok(first > 500 && first < 1024, `the first user made ${first}`);
    t.ok(first + second < 1024, `the second made ${second}`);
    t.equal(await sh(other, 'echo well'), 'well\n', 'nobody else notices');
  }),
);

/** Opens pseudo-terminals until it is refused, and says how many. */
const terminals = `
import os
made = 0
try:
    while made < 400:
        os.openpty()
        made += 1
except OSError:
    pass
print(made)
`;

t.test('open files of a process, core dumps and pseudo-terminals have their limits', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const [soft, hard, core] = (await sh(machine, 'ulimit -n; ulimit -Hn; ulimit -c')).trim().split('\n');
    // The VM's own limit may be lower.
    t.equal(Number(soft), Math.min(4096, Number(hard)));
    t.ok(Number(hard) <= 65_536, `${hard} open files`);
    t.equal(core, '0');
    t.equal(await sh(machine, `python3 -c '${terminals}'`), '256\n');
  }),
);
