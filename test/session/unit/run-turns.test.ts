import t from 'tap';
import type { Machines } from '../../../src/core/ports.ts';
import { LabDesk } from '../../../src/lab-desk.ts';
import type { Library } from '../../../src/library/library.ts';
import type { OwnLabs } from '../../../src/library/own-labs.ts';
import { unitLab } from '../../support/fake/lab.ts';

t.test('two acceptance runs at a time; the others wait, and not for a client that has gone', async (t) => {
  let begun = 0;
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const held = {
    lacks: async () => [],
    create: async () => {
      begun += 1;
      await opened;
      throw new Error('no machine today');
    },
  } as unknown as Machines;
  const desk = new LabDesk({ get: unitLab } as unknown as Library, held, {} as OwnLabs);
  const gone = new AbortController();
  const run = (stop = new AbortController()) =>
    desk.test('unit', () => {}, stop.signal).catch((error: Error) => error.message);
  const runs = [run(), run(), run(gone), run()];
  while (begun < 2) await new Promise(setImmediate);
  for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
  t.equal(begun, 2);
  gone.abort();
  open();
  t.strictSame(await Promise.all(runs), [
    'no machine today',
    'no machine today',
    'not begun: its client has gone',
    'no machine today',
  ]);
  t.equal(begun, 3);
});
