import { stripVTControlCharacters } from 'node:util';
import t from 'tap';
import { serving } from './serving.ts';
import { terminal } from './terminal.ts';

const ended = /ended with \d/;
const line = (words: string) => `$HOPLAB ${words}; echo "ended with $?"`;

t.test('at a terminal reset, goto and reboot print the losses and ask first', async (t) => {
  const { env, double } = await serving(t);
  const steps = () => double.sessions.get('s1').step;
  const no = terminal(line('goto veth-pair'), env);
  const asked = stripVTControlCharacters(await no.until(/y\/N/));
  t.match(asked, /From step 1, “Isolation”, to step 2, “A virtual cable”/);
  t.match(asked, /Removed: 1 address\r\n +− red +192\.168\.15\.1\/24 dev veth-red/);
  t.match(asked, /hoplab undo brings it back/);
  t.notMatch(asked, /gone for good/, 'nothing is kept yet that would be given up');
  no.type('n\r');
  t.match(await no.until(ended), /Nothing was changed\.[\s\S]*ended with 1/);
  t.equal(steps(), 'isolation');
  for (const words of ['reset', 'reboot', 'goto veth-pair']) {
    const yes = terminal(line(words), env);
    await yes.until(/y\/N/);
    yes.type('y\r');
    t.match(await yes.until(ended), /at step [\s\S]*ended with 0/, words);
  }
  t.equal(steps(), 'veth-pair');
  const again = terminal(line('reset'), env);
  t.match(await again.until(/y\/N/), /gone for good/, 'of three machines the oldest goes');
  again.type('\u0004');
  t.match(await again.until(ended), /Nothing was changed\.[\s\S]*ended with 1/, 'the end of input is no');
});

t.test('with --yes, and without a terminal to ask on, prints the changes afterwards', async (t) => {
  const { env, run } = await serving(t);
  const yes = terminal(line('reset --yes'), env);
  const output = stripVTControlCharacters(await yes.until(ended));
  t.match(output, /Was added: 1 address\r\n +\+ red +192\.168\.15\.1\/24[\s\S]*ended with 0/);
  t.notMatch(output, /y\/N/);
  t.match(await run('goto', 'veth-pair'), {
    code: 0,
    stdout: /^Was added: 1 address\n[\s\S]*at step veth-pair/,
  });
  t.match(await run('--lang', 'ko', 'reset'), { stdout: /^생긴 것: 주소 1개/ });
});

t.test('without a loss asks nothing', async (t) => {
  const { env, double } = await serving(t);
  double.instead.preview = async () => ({
    step: 'isolation',
    gone: false,
    differences: [{ node: 'red', kind: 'node', change: 'gained', text: 'red' }],
  });
  const output = await terminal(line('reset'), env).until(ended);
  t.match(stripVTControlCharacters(output), /Added: 1 node\r\n +\+ red\r\n[\s\S]*ended with 0/);
  t.notMatch(output, /y\/N/);
});

t.test('undo does not print how long the other machine took', async (t) => {
  const { run } = await serving(t);
  await run('reset');
  t.match(await run('undo'), { stdout: /is back\.\nSession s1, lab \S+: at step isolation\.\n/ });
});
