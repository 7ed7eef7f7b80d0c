import * as pty from '@lydell/node-pty';
import t from 'tap';
import { environment, main, node } from './hoplab.ts';
import { type Serving, serving } from './serving.ts';

/** A terminal in which `sh` runs the command line, says how it ended and how it left the terminal. */
function terminal({ env }: Serving, args: string) {
  const line = `${node.join(' ')} ${main} ${args}; echo "left with $?"; stty -a`;
  const child = pty.spawn('sh', ['-c', line], {
    cols: 80,
    rows: 24,
    env: environment({ ...env, TERM: 'xterm' }),
  });
  let output = '';
  let look = () => {};
  child.onData((text) => {
    output += text;
    look();
  });
  const exited = new Promise<void>((resolve) => child.onExit(() => resolve()));
  return {
    type: (text: string) => child.write(text),
    resize: (columns: number, rows: number) => child.resize(columns, rows),
    /** The output so far, once it matches. */
    until: (wanted: RegExp | string) =>
      new Promise<string>((resolve) => {
        look = () => {
          if (typeof wanted === 'string' ? output.includes(wanted) : wanted.test(output)) resolve(output);
        };
        look();
      }),
    ended: () => exited.then(() => output),
  };
}

/** `stty -a` names a mode with a minus where it is off. */
const sane = /(^|[\s;])icanon[\s\S]*(^|[\s;])echo\s/;

t.test('typing, resizing, Ctrl-C, and the shell’s own exit code; the terminal is as before', async (t) => {
  const shell = terminal(await serving(t), 'shell');
  await shell.until(/node\$ /);
  shell.type('echo answer $((6*7))\r');
  await shell.until('answer 42');
  shell.type('stty size\r');
  await shell.until(/24 80/);
  shell.resize(101, 33);
  shell.type('while [ "$(stty size)" != "33 101" ]; do :; done; echo resized $((1+1))\r');
  await shell.until('resized 2');
  shell.resize(101, 1200);
  shell.type('while [ "$(stty size)" != "1000 101" ]; do :; done; echo resized $((1+2))\r');
  await shell.until('resized 3');
  shell.type(`sh -c 'echo asleep $((2+1)); exec sleep 1000'\r`);
  await shell.until('asleep 3');
  shell.type('\u0003');
  await shell.until(/\^C/);
  shell.type('echo still $((40+2)) here\r');
  await shell.until('still 42 here');
  // The line is echoed with `\\n` in it; only the output has the bytes.
  shell.type(`stty -opost; printf 'down\\nthere'; stty opost\r`);
  await shell.until('down\u001bDthere');
  shell.type('exit 5\r');
  const output = await shell.ended();
  t.match(output, /left with 5/);
  t.match(output.slice(output.indexOf('left with')), sane);
});

t.test('input that is no terminal: its lines are run', async (t) => {
  const { input } = await serving(t);
  t.match(await input('echo one\necho two >&2\nexit 4\n', 'shell'), {
    code: 4,
    stdout: 'one\n',
    stderr: 'two\n',
  });
});

t.test('a daemon that goes away: the terminal is given back, with the reason', async (t) => {
  const closing: (() => Promise<void> | void)[] = [];
  const shell = terminal(await serving({ teardown: (work) => closing.unshift(work) }), 'shell');
  await shell.until(/node\$ /);
  for (const close of closing) await close();
  const output = await shell.ended();
  t.match(output, /broke off.*\[daemon-unreachable\]/);
  t.match(output, /left with 2/);
  t.match(output.slice(output.indexOf('left with')), sane);
});

t.test('a progress bar where there is a terminal, gone when the work is done', async (t) => {
  const output = await terminal(await serving(t), 'test network-namespaces').ended();
  t.match(output, /█+ 2\/2 {2}network-namespaces: fault isolation wrong-name/);
  t.match(output, /left with 1/);
});
