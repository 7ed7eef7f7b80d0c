import t from 'tap';
import { run } from '../../src/kernel/exec/run.ts';
import { startTime, stillThere } from '../../src/kernel/place/process.ts';

t.test('a process that has ended is gone, and one that another has the number of', async (t) => {
  const started = await startTime(process.pid);
  t.ok(started !== null && stillThere(process.pid, started));
  t.notOk(stillThere(process.pid, '1'));
  t.notOk(stillThere(2 ** 22 + 1, '1'));
  t.equal(await startTime(2 ** 22 + 1), null);
});

t.test('a daemon without a file descriptor calls nobody dead', async (t) => {
  const module = new URL('../../src/kernel/place/process.ts', import.meta.url).href;
  const program = `
    import { openSync } from 'node:fs';
    import { startTime, stillThere } from '${module}';
    const started = await startTime(process.pid);
    let error = null;
    while (error === null) try { openSync('/dev/null'); } catch (thrown) { error = thrown.code; }
    const asked = await startTime(process.pid).catch(({ code }) => code);
    process.stdout.write(JSON.stringify([error, stillThere(process.pid, started), asked]));`;
  const limited = ['prlimit', '--nofile=128', process.execPath, '--input-type=module', '-e', program];
  const { stdout, stderr } = await run(limited);
  t.strictSame(stdout === '' ? stderr : JSON.parse(stdout), ['EMFILE', true, 'EMFILE']);
});
