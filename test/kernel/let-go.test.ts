import { readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import { processesByUidBase } from '../../src/kernel/machine/uid-range.ts';
import { mountedNames } from '../../src/kernel/place/unnamed.ts';
import { workplace } from '../support/machines.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What nothing refers to any more once it has stopped. */
async function stopped(one: { stop(): Promise<void> }): Promise<WeakRef<object>> {
  await one.stop();
  return new WeakRef(one);
}

t.test('a machine keeps no watch and no sampler that has stopped', (t) =>
  workplace(t, async ({ make }) => {
    const machine = await make();
    const gone = [
      await stopped(machine.watch({ changed() {}, stale() {}, ended() {} })),
      await stopped(machine.sample({ seen() {}, ended() {} })),
    ];
    for (let tries = 0; gone.some((one) => one.deref()) && tries < 200; tries++) {
      await setTimeout(20);
      collect();
    }
    t.strictSame(
      gone.map((one) => one.deref() === undefined),
      [true, true],
    );
  }),
);

t.test("the kernel's files are read without a buffer for each", async (t) => {
  const growth = (work: () => void) => {
    const before = process.memoryUsage().arrayBuffers;
    work();
    return process.memoryUsage().arrayBuffers - before;
  };
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length;
  t.ok(processes >= 50, `${processes} processes`);
  const limit = 50 << 12;
  t.ok(growth(() => processesByUidBase()) < limit);
  t.ok(growth(() => Array.from({ length: 50 }, () => mountedNames(process.pid))) < limit);
});
