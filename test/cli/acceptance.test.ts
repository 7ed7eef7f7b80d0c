import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { environment, main, node } from './hoplab.ts';
import { serving } from './serving.ts';

t.test('without a terminal prints each part as it ends, and the total time', async (t) => {
  const { env, double } = await serving(t, { session: false });
  const part = { part: 'entry', step: 'isolation', fault: null, ok: true, detail: null } as const;
  const parts = [
    { ...part, round: 1, milliseconds: 9000 },
    { ...part, round: 2, milliseconds: 9000 },
  ] as const;
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  double.labs.test = async (lab, progress) => {
    progress(1, 2, parts[0]);
    await released;
    progress(2, 2, parts[1]);
    return { lab, ok: true, milliseconds: 9100, parts: [...parts] };
  };
  const [program = '', ...options] = node;
  const child = spawn(program, [...options, main, 'test', 'network-namespaces'], { env: environment(env) });
  let output = '';
  const first = new Promise<void>((resolve) => {
    child.stdout.on('data', (data) => {
      output += data;
      if (output.includes('\n')) resolve();
    });
  });
  const ended = once(child, 'close');
  await Promise.race([first, ended]);
  t.equal(output, '1/2  network-namespaces: entry isolation\n', 'while the lab is still tried');
  release();
  await ended;
  t.match(output, /\n2\/2 {2}network-namespaces: entry isolation\n/);
  t.match(output, /all 2 parts pass, 9\.1 s\n$/);
});

t.test('prints each lab as it ends', async (t) => {
  const { run, double } = await serving(t, { session: false });
  double.labs.test = async (lab) => ({ lab, ok: true, milliseconds: 100, parts: [] });
  const { stdout, code } = await run('test', 'network-namespaces', 'network-namespaces');
  t.equal(code, 0);
  t.equal(stdout.match(/all 0 parts pass, 0\.1 s/g)?.length, 2);
  t.match((await run('test', 'network-namespaces', '--json')).json(), { ok: true, reports: [{ parts: [] }] });
});
