import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';

/**
 * A process that leaves garbage behind and comes to rest; it tells how large its heap was and has become, at the latest
 * after so many milliseconds. Meanwhile it works for `busy` milliseconds of each half second.
 */
const program = (wait: number, busy = 0) => `
  import { getHeapStatistics } from 'node:v8';
  import { setTimeout } from 'node:timers/promises';
  import { collectAtRest } from ${JSON.stringify(fileURLToPath(new URL('../../src/heap.ts', import.meta.url)))};
  const size = () => getHeapStatistics().total_heap_size;
  let work = Array.from({ length: 300_000 }, (_, at) => ({ at }));
  const before = size();
  work = null;
  collectAtRest();
  const follow = () => {
    const until = performance.now() + ${busy};
    while (performance.now() < until);
  };
  if (${busy} > 0) setInterval(follow, 500).unref();
  const end = Date.now() + ${wait};
  while (size() > before / 2 && Date.now() < end) await setTimeout(50);
  console.log(JSON.stringify({ before, after: size() }));
`;

const run = async ({ wait, busy = 0 }: { wait: number; busy?: number }, ...flags: string[]) => {
  const argv = [
    ...flags,
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    program(wait, busy),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, argv);
  return JSON.parse(stdout) as { before: number; after: number };
};

t.test('a process that comes to rest gives back what its work has left', async (t) => {
  const [{ before, after }, kept] = await Promise.all([
    run({ wait: 60_000 }, '--expose-gc'),
    run({ wait: 5000 }),
  ]);
  t.ok(after < before / 2, `${before} bytes before, ${after} at rest`);
  t.ok(kept.after > kept.before / 2, `without the flag of Node nothing is collected: ${kept.after}`);
});

t.test('one that works for a hundredth of its time, as in a flood, is not at rest', async (t) => {
  const { before, after } = await run({ wait: 9000, busy: 5 }, '--expose-gc');
  t.ok(after > before / 2, `${before} bytes before, ${after} after`);
});
