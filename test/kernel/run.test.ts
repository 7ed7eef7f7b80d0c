import t, { type Test } from 'tap';
import { interrupt, interruptible } from '../../src/kernel/exec/interrupt.ts';
import { run } from '../../src/kernel/exec/run.ts';
import { start } from '../../src/kernel/exec/start.ts';
import { openPipes } from '../../src/kernel/terminal/pipes.ts';

/** Ends what a command has left behind, which must still live: had it been waited for, it would be gone. */
function stillLives(t: Test, pid: number): void {
  t.doesNotThrow(() => process.kill(pid), 'the command was waited for, not its child');
}

t.test('a background child that keeps the pipes is not waited for', async (t) => {
  const { stdout } = await run(['sh', '-c', 'sleep 20 & echo $!']);
  stillLives(t, Number(stdout));
});

/** A child in a session of its own, out of reach of its parent's process group, that goes on writing. */
const writing = "setsid sh -c 'while sleep 0.05; do echo more; done' & echo $!";

t.test('nor is one that goes on writing into them', async (t) => {
  const { stdout, exitCode, timedOut } = await run(['sh', '-c', writing]);
  stillLives(t, -Number(stdout.split('\n')[0]));
  t.same({ exitCode, timedOut }, { exitCode: 0, timedOut: false }, 'the command has ended by itself');
});

t.test('a limit holds for a program that ignores signals and whose child writes', async (t) => {
  const { stdout, timedOut } = await run(['sh', '-c', `trap '' TERM HUP; ${writing}; sleep 60`], {
    timeout: 500,
  });
  stillLives(t, -Number(stdout.split('\n')[0]));
  t.ok(timedOut);
});

t.test('a flood ends the program that writes it, and is cut', async (t) => {
  const { stdout, truncated } = await run(['yes'], { maxOutput: 1 << 20 });
  t.ok(truncated);
  t.equal(stdout.length, 1 << 20);
});

t.test('many small pieces make one text, and input arrives', async (t) => {
  const input = '가나다 '.repeat(50_000);
  const { stdout, exitCode } = await run(['cat'], { input });
  t.equal(exitCode, 0);
  t.ok(stdout === input);
  t.equal((await run(['no-such-program'])).exitCode, 127);
  t.equal((await run(['sh', '-c', 'exit 7'])).exitCode, 7);
});

t.test('stop ends what ignores the request, and waits for no pipe', async (t) => {
  const one = start(['sh', '-c', `trap '' TERM HUP INT; ${writing}; while :; do sleep 1; done`]);
  const first = await new Promise<string>((resolve) =>
    one.stdout.once('data', (data) => resolve(String(data))),
  );
  await one.stop();
  stillLives(t, -Number(first.split('\n')[0]));
});

t.test('an interruption settles everything at once and ends the programs', async (t) => {
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
