import t from 'tap';
import { harmless } from '../../src/cli/harmless.ts';
import { serving } from './serving.ts';

t.test('replaces control characters by visible ones', async (t) => {
  for (const [given, escaped] of [
    ['plain, 한국어, tab\tand\nline', 'plain, 한국어, tab\tand\nline'],
    ['\u001b]0;title\u0007', '␛]0;title␇'],
    ['one\r\ntwo', 'one\ntwo'],
    ['good\rbad', 'good␍bad'],
    ['\u009b31m', '\ufffd31m'],
    ['\u202egnp.exe', '\ufffdgnp.exe'],
    ['\u007f', '␡'],
  ] as const) {
    t.equal(harmless(given), escaped);
  }
  t.strictSame(harmless({ list: ['\u001b', 1, null, true], '\u001bkey': {} }), {
    list: ['␛', 1, null, true],
    '␛key': {},
  });
});

t.test('a machine cannot command the terminal through the command line; --json stays exact', async (t) => {
  const { run, double } = await serving(t);
  const output = '\u001b]0;owned\u0007\u001b[2Jdone';
  const line = { step: 'isolation', on: 'host', run: 'x', exitCode: 0, output };
  double.instead.apply = async () => ({ steps: ['isolation'], lines: [line], already: [], ok: true });
  const { stdout } = await run('apply');
  t.match(stdout, '␛]0;owned␇␛[2Jdone');
  t.notOk(stdout.includes('\u001b]'));
  t.match((await run('apply', '--json')).json(), { lines: [{ output }] });
});
