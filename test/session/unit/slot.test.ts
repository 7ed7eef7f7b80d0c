import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { Journal } from '../../../src/session/journal.ts';
import { MachineSlot } from '../../../src/session/machine-slot.ts';
import { FakeMachine } from '../../support/fake/machine.ts';

function slotIn(t: Test): { slot: MachineSlot; journal: Journal } {
  const journal = Journal.at(t.testdir(), 's');
  return { slot: new MachineSlot('s', journal), journal };
}

const kept = (machine: FakeMachine, step = 'one') => ({ machine, step, mistake: null });

t.test('empty, filled, its machine gone', async (t) => {
  const { slot } = slotIn(t);
  t.equal(slot.machine, null);
  t.throws(() => slot.live, { code: 'machine-gone' });
  t.strictSame(slot.state, { state: 'gone', pid: 0, milliseconds: 0 });
  const machine = new FakeMachine('m', 7);
  await slot.replace(kept(machine), '', 12.4);
  t.equal(slot.live, machine);
  t.strictSame(slot.state, { state: 'ready', pid: 7, milliseconds: 12 });
  t.equal(slot.kept, null, 'there was none before');
  machine.die();
  t.equal(slot.alive, null);
  t.equal(slot.machine, machine, 'dead, but still the one');
  t.throws(() => slot.live, { code: 'machine-gone' });
  t.equal(slot.state.state, 'gone');
});

t.test('the one before is kept, one deep, and comes back', async (t) => {
  const { slot, journal } = slotIn(t);
  const [first, second, third] = [1, 2, 3].map((pid) => new FakeMachine(`m${pid}`, pid)) as [
    FakeMachine,
    FakeMachine,
    FakeMachine,
  ];
  await slot.replace(kept(first), '', 0);
  t.notOk(slot.canUndo);
  t.throws(() => slot.toUndo, { code: 'nothing-to-undo' });
  await first.expose('host', 'name');
  await slot.replace(kept(second, 'two'), 'one', 0);
  t.equal(first.exposed.size, 0, 'the names of the one that was left are taken away');
  t.match(slot.toUndo, { machine: first, step: 'one' });
  await slot.swap(slot.toUndo, 'two');
  t.equal(slot.live, first);
  t.match(slot.toUndo, { machine: second, step: 'two' }, 'undo is undone by undo');
  await slot.replace(kept(third, 'three'), 'one', 0);
  t.equal(slot.kept, first);
  const entries = (await journal.read()).map(
    (entry) => entry.kind === 'machine' && [entry.id, entry.previous?.id],
  );
  t.strictSame(entries, [
    ['m1', undefined],
    ['m2', 'm1'],
    ['m1', 'm2'],
    ['m3', 'm1'],
  ]);
  first.die();
  t.notOk(slot.canUndo, 'a machine that has ended does not come back');
  await slot.destroy();
  t.notOk(third.alive());
});

t.test('a swap that cannot be written takes place all the same', async (t) => {
  const directory = join(t.testdir(), 'none');
  const slot = new MachineSlot('s', Journal.at(directory, 's'));
  const machine = new FakeMachine('m', 1);
  await t.rejects(slot.replace(kept(machine), '', 0), { code: 'journal-failed' });
  t.equal(slot.live, machine);
  mkdirSync(directory);
  await slot.swap(kept(new FakeMachine('n', 2)), 'one');
  t.equal(
    (await Journal.at(directory, 's').read()).length,
    2,
    'what was owed is written with what comes next',
  );
});
