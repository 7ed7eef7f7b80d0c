import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import t from 'tap';
import { parts } from '../torture/parts.ts';

const run = promisify(execFile);

t.test('the help of scripts/torture names every part, and an unknown one is refused', async (t) => {
  const { stdout } = await run('scripts/torture', ['--help']);
  for (const [{ name }, whole] of parts) t.match(stdout, new RegExp(`^  ${name} +${whole}$`, 'm'));
  t.match(stdout, /^ {2}soak$/m);
  await t.rejects(run('scripts/torture', ['kill']), {
    code: 2,
    stderr: /no such part: kill; there are kills, /,
  });
});

t.test('the help of scripts/bench names the parts that --only knows', async (t) => {
  const { stdout } = await run('scripts/bench', ['--help']);
  t.match(stdout, /^Usage: sudo scripts\/bench /);
  const bench = ['--disable-warning=ExperimentalWarning', 'test/bench/speed.ts', '--only', 'daemons'];
  const refused = await run(process.execPath, bench).catch((error) => error);
  t.match(refused, { code: 2, stderr: /^error: no part daemons; expected / });
  t.match(stdout, refused.stderr.split('expected ')[1].trim());
});
