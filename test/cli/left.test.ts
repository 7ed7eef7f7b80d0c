import t from 'tap';
import { HoplabError } from '../../src/protocol/errors.ts';
import { serving } from './serving.ts';
import { terminal } from './terminal.ts';

/** A terminal of the VM in which `hoplab shell` runs, and behind it the VM's own shell. */
async function open(t: Parameters<typeof serving>[0], node = '') {
  const { env, double } = await serving(t);
  const session = double.sessions.current() ?? '';
  const line = `$HOPLAB shell ${node}; echo "left with $?"; read line; echo "the VM got <$line>"`;
  return { double, session, ...terminal(line, env) };
}

t.test('a shell follows its session into another machine, and reports it', async (t) => {
  const { double, session, type, until } = await open(t);
  await until(/node\$ /);
  type('in=first\r');
  await until(/node\$ /);
  const said = {
    reset: 'step isolation was reset;',
    goto: 'moved to step isolation (goto);',
    undo: 'the previous machine is back, at step isolation (undo);',
    break: 'a fault is hidden in the finished lab (break);',
    reboot: 'the machine has rebooted;',
  };
  for (const how of ['reset', 'goto', 'undo', 'break', 'reboot'] as const) {
    double.emit(session, { type: 'step-entered', step: 'isolation', how });
    const told = (await until(/-- [\s\S]*node\$ /)).split('\r\n').filter((line) => line.includes('--'));
    t.equal(told.length, 1, `${how}: one line`);
    t.ok(
      told[0]?.includes(`-- session ${session}, node host: ${said[how]} new shell in`),
      `${how}: ${told[0]}`,
    );
    type('echo in $in-$((40+2))\r');
    const printed = await until(/in \S*-42[\s\S]*node\$ /);
    t.equal(printed.match(/in \S*-42/g)?.join(), 'in -42', `${how}: a shell of its own, printed once`);
  }
  double.emit(session, { type: 'step-entered', step: 'isolation', how: 'advance' });
  type('same=1; echo still $((1+1))\r');
  t.notMatch(await until(/still 2[\s\S]*node\$ /), /--/, 'the same machine goes on after a step is done');
  type('exit 3\r');
  await until(/left with 3/);
  type('its own\r');
  await until(/the VM got <its own>/);
});

t.test('after the session is stopped nothing typed comes to the VM before a key', async (t) => {
  const { double, session, type, until } = await open(t);
  await until(/node\$ /);
  double.emit(session, { type: 'stopped' });
  t.match(await until(/any key/), /the session was stopped/);
  // A line in the making: each of its keys soon after the one before.
  for (const key of 'ip link\r') {
    type(key);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await until(/left with 1/);
  type('of my own\r');
  t.match(await until(/the VM got <[^$]*>/), /<of my own>/, 'the line that was being typed is nobody’s');
});

t.test('a node that is not in the new machine: the shell goes on in host', async (t) => {
  const { double, session, type, until } = await open(t, 'red');
  await until(/node\$ /);
  const { open: openAnywhere } = double;
  double.open = (node, ...more) =>
    node === 'red'
      ? Promise.reject(new HoplabError('node-not-found', 'no node red', { node }))
      : openAnywhere(node, ...more);
  double.emit(session, { type: 'step-entered', step: 'isolation', how: 'reset' });
  const told = (await until(/-- [\s\S]*node\$ /)).split('\r\n').filter((line) => line.includes('--'));
  t.match(told, [
    /node red: step isolation was reset/,
    /-- red is not in this machine; shell in host instead --/,
  ]);
  double.emit(session, { type: 'step-entered', step: 'isolation', how: 'undo' });
  await until(/node host: the previous machine is back[\s\S]*node\$ /);
  type('exit 4\r');
  await until(/left with 4/);
  type('\r');
  await until(/the VM got <>/);
});

t.test('an editor that ends with its machine leaves the terminal as it was', async (t) => {
  const { double, session, type, until } = await open(t);
  await until(/node\$ /);
  // As vi does: the other screen (in two writes), application keys, all keys as sequences, no cursor.
  type(`printf '\\033[?10'; printf '49h\\033[?1h\\033=\\033[>4;2m\\033[?25l'; echo in the editor $((1+1))\r`);
  await until(/in the editor 2/);
  double.emit(session, { type: 'step-entered', step: 'isolation', how: 'reset' });
  const told = await until(/-- session [\s\S]*node\$ /);
  const before = told.slice(0, told.indexOf('-- session'));
  for (const off of ['[?1049l', '[?1l', '>', '[>4m', '[?25h']) t.ok(before.includes(`\x1b${off}`), off);
  double.emit(session, { type: 'step-entered', step: 'isolation', how: 'reset' });
  const again = await until(/-- session [\s\S]*node\$ /);
  t.notOk(again.includes('[?1049l'), 'on the first screen the cursor stays where it is');
  type('exit\r');
  await until(/left with 0/);
  type('\r');
  await until(/the VM got <>/);
});
