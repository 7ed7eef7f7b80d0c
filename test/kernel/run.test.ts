import { readFileSync } from 'node:fs';
import t, { type Test } from 'tap';
import { keep } from '../../src/kernel/exec/bounded-output.ts';
import { interrupt, interruptible } from '../../src/kernel/exec/interrupt.ts';
import { environment, launch } from '../../src/kernel/exec/launch.ts';
import { keepStarter, starterSocket } from '../../src/kernel/exec/launch-kept.ts';
import { run } from '../../src/kernel/exec/run.ts';
import { start } from '../../src/kernel/exec/start.ts';
import { openPipes } from '../../src/kernel/terminal/pipes.ts';

/** Ends what a command has left behind, which must still live: had it been waited for, it would be gone. */
function stillLives(t: Test, pid: number): void {
  const [, state] = /\) (\S)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
  t.match(state, /[RSD]/, 'the command was waited for, not its child');
  process.kill(pid, 'SIGKILL');
}

t.test(
  'a background child is not waited for by a terminal without one: it is over with the command, all of whose output has come',
  async (t) => {
    const script = 'sleep 20 & echo $!; head -c 300000 /dev/zero; exit 3';
    const stream = openPipes(['sh', '-c', script]);
    let text = '';
    stream.onData((_, bytes) => {
      text += Buffer.from(bytes).toString('latin1');
    });
    const exitCode = await new Promise((resolve) => stream.onExit(resolve));
    const [pid = ''] = text.split('\n');
    stream.close();
    stillLives(t, Number(pid));
    t.equal(exitCode, 3);
    t.equal(text.length, pid.length + 1 + 300_000);
  },
);

/** No child of the command's any more, in a session of its own, that goes on writing, to nobody too. */
const writing = `(setsid sh -c 'trap "" PIPE; while sleep 0.05; do echo more; done' & echo $!)`;

async function ofItself(argv: string[]): Promise<string> {
  const launched = launch(argv, { input: null, cleanup: true });
  const output = keep(launched.stdout, 1 << 20);
  await launched.over;
  return output.text;
}

function allOfIt(by: string): void {
  t.test(`${by}: a background child that keeps the pipes is not waited for`, async (t) => {
    const { stdout } = await run(['sh', '-c', 'sleep 20 & echo $!']);
    stillLives(t, Number(stdout));
  });

  t.test(`${by}: nor is one that goes on writing into them`, async (t) => {
    const { stdout, exitCode, timedOut } = await run(['sh', '-c', writing]);
    stillLives(t, Number(stdout.split('\n')[0]));
    t.same({ exitCode, timedOut }, { exitCode: 0, timedOut: false }, 'the command has ended by itself');
  });

  t.test(`${by}: a limit holds for a program that ignores signals and whose child writes`, async (t) => {
    const { stdout, timedOut } = await run(['sh', '-c', `trap '' TERM HUP; ${writing}; sleep 60`], {
      timeout: 1500,
    });
    stillLives(t, Number(stdout.split('\n')[0]));
    t.ok(timedOut);
  });

  t.test(`${by}: a program is ended where it says nothing for as long as it may, and no other`, async (t) => {
    const limits = { timeout: 60_000, silence: 2000 };
    const silent = await run(['sh', '-c', 'echo a; sleep 60'], limits);
    t.match(silent, { timedOut: true, stdout: 'a\n' });
    t.ok(silent.milliseconds < limits.timeout);
    const speaking = await run(['sh', '-c', 'for i in 1 2 3 4 5 6; do echo $i; sleep 0.5; done'], limits);
    t.match(speaking, { timedOut: false, exitCode: 0 });
    t.ok(speaking.milliseconds > limits.silence);
  });

  t.test(`${by}: a flood ends the program that writes it, and is cut`, async (t) => {
    const { stdout, truncated } = await run(['yes'], { maxOutput: 1 << 20 });
    t.ok(truncated);
    t.equal(stdout.length, 1 << 20);
  });

  t.test(`${by}: many small pieces make one text, and input arrives`, async (t) => {
    const input = '가나다 '.repeat(50_000);
    const { stdout, exitCode } = await run(['cat'], { input });
    t.equal(exitCode, 0);
    t.ok(stdout === input);
    t.equal((await run(['no-such-program'])).exitCode, 127);
    t.equal((await run(['sh', '-c', 'exit 7'])).exitCode, 7);
  });

  t.test(`${by}: an interruption settles everything at once and ends the programs`, async (t) => {
    const key = -1;
    const working = interruptible(key, async () => {
      await run(['sleep', '1001.25']);
      // The next command does not begin.
      await run(['sleep', '1001.25']);
    });
    const other = interruptible(-2, () => run(['sleep', '0.5']));
    while ((await run(['pgrep', '-fx', 'sleep 1001.25'])).exitCode !== 0);
    interrupt(key);
    await t.rejects(working, { code: 'interrupted' });
    t.equal((await other).exitCode, 0, 'other work goes on');
    while ((await run(['pgrep', '-fx', 'sleep 1001.25'])).exitCode === 0);
    t.pass('neither program is left');
    t.equal((await interruptible(key, () => run(['true']))).exitCode, 0, 'the next work is not concerned');
  });
}

allOfIt('by this process');
t.test('the process that starts programs begins', async (t) => {
  t.equal(starterSocket(), null);
  await keepStarter();
  t.type(starterSocket(), 'string');
});
allOfIt('by the one that starts programs');

t.test('a program is started as if by the daemon itself', async (t) => {
  const look = `cat /proc/self/status /proc/self/limits; pwd; readlink /proc/self/fd/0; ls /proc/self/fd
    ps -o sid= -p $$ | tr -d ' ' | sed "s/^$$$/own session/"`;
  const kept = await run(['sh', '-c', look]);
  const own = await ofItself(['sh', '-c', look]);
  // The numbers of two processes differ, and posix_spawn(3) leaves two signals ignored that glibc keeps for itself.
  const alike = (text: string) =>
    text
      .replace(/^SigIgn:\t0000000180000000$/m, 'SigIgn:\t0000000000000000')
      .replaceAll(/^(?!Sig|Shd|Cap|NoNew|Seccomp:|Uid|Gid|Groups|Umask)\w+:.*\n/gm, '')
      .replaceAll(/^SigQ:.*\n/gm, '');
  t.match(kept.stdout, /own session/);
  const { stdout } = await run(['env']);
  t.strictSame(
    Object.fromEntries(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split('=')),
    ),
    environment,
  );
  t.equal(alike(kept.stdout), alike(own));
});

t.test('words that no program can be given are an error, and the next program starts', async (t) => {
  t.equal((await run(['echo', 'a\0b'])).exitCode, null);
  t.equal((await run(['/etc/passwd'])).exitCode, null);
  t.equal((await run(['true'])).exitCode, 0);
});

t.test(
  'the process that starts programs has ended: there is another, and nothing fails meanwhile',
  async (t) => {
    const before = starterSocket();
    const pid = (await run(['pgrep', '-P', String(process.pid), '-f', 'py run'])).stdout.trim();
    const lost = run(['sleep', '1003.5']);
    let program = '';
    while (program === '') program = (await run(['pgrep', '-fx', 'sleep 1003.5'])).stdout.trim();
    process.kill(Number(pid), 'SIGKILL');
    t.match(await lost, { exitCode: null, timedOut: false });
    while (starterSocket() === before) await run(['true']);
    process.kill(Number(program));
    const codes = new Set([(await run(['true'])).exitCode]);
    while ([null, before].includes(starterSocket())) codes.add((await run(['true'])).exitCode);
    codes.add((await run(['true'])).exitCode);
    t.strictSame(codes, new Set([0]));
  },
);

t.test('a reader who is slower than the program loses nothing', async (t) => {
  const line = 'seq 1 400000; seq 1 400000 >&2';
  const { stdout, stderr } = await run(['sh', '-c', line]);
  t.equal(stdout, stderr);
  t.ok(stdout.endsWith('\n400000\n'));
});

t.test('stop ends what ignores the request, and waits for no pipe', async (t) => {
  const one = start(['sh', '-c', `trap '' TERM HUP INT; ${writing}; while :; do sleep 1; done`]);
  const first = await new Promise<string>((resolve) =>
    one.stdout.once('data', (data) => resolve(String(data))),
  );
  await one.stop();
  stillLives(t, Number(first.split('\n')[0]));
});

t.test('input for a command that does not read makes its writer wait', async (t) => {
  const piece = new Uint8Array(1 << 20);
  const reader = openPipes(['sh', '-c', 'sleep 0.3; exec cat >/dev/null']);
  t.not(reader.write(piece), undefined, 'a pipe holds 64 KiB');
  await reader.write(piece);
  t.pass('it has read');
  reader.end();
  const deaf = openPipes(['sleep', '1002.5']);
  const waiting = deaf.write(piece);
  deaf.close();
  await waiting;
  t.pass('nobody waits for a command that has ended');
});
