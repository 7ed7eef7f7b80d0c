import t from 'tap';
import { run } from '../../src/kernel/exec/run.ts';

t.test('a background child that keeps the pipes is not waited for', async (t) => {
  const { stdout, milliseconds } = await run(['sh', '-c', 'sleep 20 & echo $!']);
  process.kill(Number(stdout));
  t.ok(milliseconds < 15_000, 'the command, not its child');
});
