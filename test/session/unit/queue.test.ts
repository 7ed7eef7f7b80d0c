import t from 'tap';
import type { Machine } from '../../../src/core/ports.ts';
import { Queue } from '../../../src/session/queue.ts';
import { Turns } from '../../../src/session/turns.ts';
import { FakeMachine } from '../../support/fake/machine.ts';
import { due } from '../../support/fake/place.ts';

/** Work that ends when the test opens it. */
function gate(): { work: () => Promise<void>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { work: () => promise, open: resolve };
}

t.test('one after the other; what was asked for comes before work of its own', async (t) => {
  const queue = new Queue();
  const order: string[] = [];
  const first = gate();
  const note = (word: string) => async () => void order.push(word);
  const all = [
    queue.runLast(async () => {
      await first.work();
      order.push('first');
    }),
    queue.runLast(note('own')),
    queue.run(note('asked')),
    queue.run(note('asked later')),
  ];
  await due();
  t.strictSame(order, []);
  t.ok(queue.wanted);
  first.open();
  await Promise.all(all);
  t.strictSame(order, ['first', 'asked', 'asked later', 'own']);
  t.notOk(queue.wanted);
});

t.test("a failure is nobody else's", async (t) => {
  const queue = new Queue();
  const failing = queue.run(() => {
    throw new Error('broken');
  });
  const other = queue.run(async () => 1);
  await t.rejects(failing, { message: 'broken' });
  t.equal(await other, 1);
  t.equal(await queue.run(async () => 2), 2, 'and after it was empty');
});

t.test('leaving a machine waits for no work in it', async (t) => {
  const machine = new FakeMachine('m', 1);
  let current: Machine | null = machine;
  const turns = new Turns(() => current);
  const hangs = machine.faults.hang('observe');
  const asked = turns.ask(() => machine.observe());
  await hangs;
  const behind = turns.ask(() => machine.observe());
  const other = new FakeMachine('n', 2);
  const left = turns.leave(async () => {
    current = other;
  });
  const after = turns.ask(() => other.observe());
  await Promise.all([
    t.rejects(asked, { code: 'interrupted' }, 'what was being asked is given up'),
    t.rejects(behind, { code: 'interrupted' }, 'what was to be asked is not begun'),
  ]);
  await left;
  t.strictSame(machine.asked, ['observe', 'interrupt'], 'the second question did not reach it');
  t.ok((await after).nodes.host, 'what was asked for after it is asked of the next machine');
});

t.test('two who leave one machine: it is asked again only after both', async (t) => {
  const machine = new FakeMachine('m', 1);
  const turns = new Turns(() => machine);
  const order: string[] = [];
  const leaving = [1, 2].map((each) => turns.leave(async () => void order.push(`left ${each}`)));
  const asked = turns.ask(async () => void order.push('asked'));
  await Promise.all([...leaving, asked]);
  t.strictSame(order, ['left 1', 'left 2', 'asked']);
  t.strictSame(machine.asked, ['interrupt', 'interrupt']);
});

t.test('without a machine there is nothing to leave', async (t) => {
  const turns = new Turns(() => null);
  t.equal(await turns.leave(async () => 'made'), 'made');
  t.equal(await turns.ask(async () => 'asked'), 'asked');
});
