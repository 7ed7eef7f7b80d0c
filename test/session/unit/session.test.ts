import t from 'tap';
import { unitLab } from '../../support/fake/lab.ts';
import { fakePlace } from '../../support/fake/place.ts';
import { shapeOf } from '../../support/following.ts';

t.test('a step, its check, its solution', async (t) => {
  const { sessions } = await fakePlace(t);
  const { id, step } = await sessions.start('unit', null);
  t.equal(step, 'cable');
  t.strictSame(
    (await sessions.of(id).check(null)).map(({ status }) => status),
    ['pass', 'pass', 'pass'],
  );
  t.equal(sessions.get(id).step, 'green', 'which leads to the next one');
  const { steps, lines } = await sessions.of(id).apply('all');
  t.strictSame(steps, ['green', 'forwarding']);
  t.ok(lines.every(({ exitCode }) => exitCode === 0));
  const verdicts = await sessions.of(id).check('all');
  t.ok(verdicts.every(({ status }) => status === 'pass'));
  t.ok(sessions.get(id).steps.every(({ doneAt }) => doneAt !== null));
});

t.test('goto, reset and undo; never more than two machines', async (t) => {
  const { sessions, machines } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  const [first] = machines.made;
  await sessions.of(id).enter('forwarding', 'goto');
  t.ok('green' in machines.last.network.spec, 'the solutions before it are typed');
  t.ok(sessions.get(id).canUndo);
  t.equal((await sessions.of(id).undo()).step, 'cable');
  t.equal(sessions.get(id).machine.pid, first?.pid);
  await sessions.of(id).undo();
  await sessions.of(id).reset();
  t.equal(machines.made.length, 3);
  t.notOk(first?.alive(), 'of three the oldest is given up');
  t.equal(machines.alive.length, 2);
  await sessions.stop(id);
  t.strictSame(machines.alive, []);
  t.strictSame(sessions.list(), []);
});

t.test('if no other machine can be made the session stays in the one it has', async (t) => {
  const { sessions, machines } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  const { pid } = sessions.get(id).machine;
  machines.room = 0;
  await t.rejects(sessions.of(id).reset(), { code: 'machine-failed' });
  machines.room = 9;
  machines.prepare = ({ faults }) => faults.fail('perform', 'action-failed');
  await t.rejects(sessions.of(id).enter('green', 'goto'), { code: 'action-failed' });
  t.strictSame(
    machines.alive.map((machine) => machine.pid),
    [pid],
    'and the half-made one is destroyed',
  );
  t.match(sessions.get(id), { step: 'cable', machine: { state: 'ready', pid } });
  t.ok((await sessions.of(id).check(null)).every(({ status }) => status === 'pass'));
});

t.test('a session whose first machine cannot be made is none', async (t) => {
  const { sessions, machines, open } = await fakePlace(t);
  machines.prepare = ({ faults }) => faults.fail('perform', 'action-failed');
  await t.rejects(sessions.start('unit', null), { code: 'action-failed' });
  t.strictSame(sessions.list(), []);
  t.equal(sessions.current(), null);
  t.strictSame(machines.alive, []);
  t.strictSame((await open()).list(), [], 'nor after a restart');
});

t.test('no more sessions than the limit, also while they start', async (t) => {
  const { sessions } = await fakePlace(t);
  const started = await Promise.allSettled([1, 2, 3].map(() => sessions.start('unit', null)));
  t.strictSame(
    started.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected'],
  );
  await t.rejects(sessions.start('unit', null), { code: 'session-limit' });
});

t.test('a session that is being written down counts once', async (t) => {
  const { sessions } = await fakePlace(t);
  const first = sessions.start('unit', null);
  while (sessions.list().length === 0) await new Promise(setImmediate);
  await t.resolves(Promise.all([first, sessions.start('unit', null)]));
});

for (const way of ['reset', 'stop'] as const) {
  t.test(`${way} waits for nothing that hangs`, async (t) => {
    const { sessions, machines } = await fakePlace(t);
    const { id } = await sessions.start('unit', null);
    const machine = machines.last;
    const hangs = machine.faults.hang('probe');
    const checked = sessions.of(id).check(null);
    await hangs;
    const behind = sessions.of(id).topology();
    const left = way === 'stop' ? sessions.stop(id) : sessions.of(id).reset();
    await t.rejects(checked, { code: 'interrupted' });
    await t.rejects(behind, { code: 'interrupted' });
    await left;
    t.ok(way === 'stop' ? machines.alive.length === 0 : machines.alive.length === 2);
  });
}

t.test('a dead machine: requests to it are refused, reset makes another', async (t) => {
  const { sessions, machines } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  machines.last.die();
  t.equal(sessions.get(id).machine.state, 'gone');
  await t.rejects(sessions.of(id).check(null), { code: 'machine-gone' });
  await t.rejects(sessions.of(id).topology(), { code: 'machine-gone' });
  await t.rejects(sessions.of(id).reboot(), { code: 'machine-gone' });
  t.match(await sessions.of(id).reset(), { canUndo: false, machine: { state: 'ready' } });
});

t.test('a reboot keeps files, and what was only typed is gone', async (t) => {
  const { sessions, machines } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  const before = machines.last;
  await before.run('host', ['bash', '-c', 'echo kept >/etc/mark && ip netns add green']);
  await sessions.of(id).reboot();
  t.not(machines.last, before);
  t.equal(machines.last.network.files.get('host:/etc/mark'), 'kept\n');
  t.notOk('green' in machines.last.network.spec);
  t.ok(before.alive(), 'it is kept for undo');
});

t.test('a mistake: hidden, found, repaired', async (t) => {
  const { sessions, machines } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  await t.rejects(sessions.of(id).reveal(), { code: 'nothing-broken' });
  await sessions.of(id).break(1);
  t.equal(sessions.get(id).practice?.state, 'broken');
  const failing = (await sessions.of(id).check(null)).filter(({ status }) => status !== 'pass');
  t.strictSame(
    failing.map(({ check, reason }) => [check, reason]),
    [['green', 'netns-missing']],
  );
  await machines.last.run('host', ['bash', '-c', 'ip netns add green']);
  await sessions.of(id).check(null);
  t.equal(sessions.get(id).practice?.state, 'repaired');
});

t.test('a daemon that starts again takes up sessions and machines', async (t) => {
  const { sessions, machines, open } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  await sessions.of(id).check(null);
  await sessions.of(id).reset();
  const before = sessions.get(id);
  const again = await open();
  t.match(again.get(id), { step: 'green', canUndo: true, machine: { pid: before.machine.pid } });
  t.equal(again.get(id).lastEvent, before.lastEvent);
  for (const machine of machines.alive) machine.die();
  const later = await open();
  const events: string[] = [];
  later.of(id).subscribe(before.lastEvent, ({ event }) => void events.push(shapeOf(event)))();
  t.match(later.get(id), { step: 'green', canUndo: false, machine: { state: 'ready' } });
  t.equal(machines.alive.length, 1, 'in a machine at its step anew');
  t.strictSame(events, ['machine ready', 'step-entered green']);
});

t.test('a lab that requires what the VM lacks', async (t) => {
  const lab = { ...unitLab(), requires: ['netem'] };
  const { sessions, machines } = await fakePlace(t, () => lab);
  machines.missing = ['netem'];
  await t.rejects(sessions.start('unit', null), { code: 'lab-unsupported', data: { missing: ['netem'] } });
  t.strictSame(machines.made, [], 'no machine is made for it');
  machines.missing = [];
  t.equal((await sessions.start('unit', null)).step, 'cable');
});

t.test('no such step', async (t) => {
  const { sessions, machines } = await fakePlace(t);
  await t.rejects(sessions.start('unit', 'gren'), { code: 'step-not-found' });
  t.strictSame([sessions.list(), machines.made], [[], []]);
});
