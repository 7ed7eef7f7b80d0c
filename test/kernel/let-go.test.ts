import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
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
