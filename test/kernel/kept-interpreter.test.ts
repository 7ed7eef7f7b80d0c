import t from 'tap';
import { run } from '../../src/kernel/exec/run.ts';
import { workplace } from '../support/machines.ts';

/** Milliseconds; longer than a program lives that was given up. */
const longer = 1500;

const interpreters = async () => (await run(['pgrep', '-P', String(process.pid), '-f', 'py serve'])).stdout;

t.test('the interpreter of all machines outlives the one that asked first', (t) =>
  workplace(t, async ({ make }) => {
    const [first, other] = [await make(), await make()];
    await first.observe();
    const before = await interpreters();
    t.match(before, /^\d+\n$/);
    first.interrupt();
    const until = performance.now() + longer;
    do {
      const { nodes } = await other.observe();
      t.ok(nodes.host);
    } while (performance.now() < until);
    t.equal(await interpreters(), before);
  }),
);
