import { mock } from 'node:test';
import t, { type Test } from 'tap';
import type { Observation } from '../../../src/core/state/observation.ts';
import type { FakeMachine } from '../../support/fake/machine.ts';
import { due, type FakePlace, fakePlace } from '../../support/fake/place.ts';
import { Following, shapeOf } from '../../support/following.ts';

interface Place extends FakePlace {
  id: string;
  machine: FakeMachine;
  client: Following;
}

/** A session with a follower, once its first step has been found done. */
async function followed(t: Test): Promise<Place> {
  const place = await fakePlace(t);
  const { id } = await place.sessions.start('unit', null);
  const machine = place.machines.last;
  const client = new Following(place.sessions, id);
  t.teardown(() => client.stop());
  await client.next('step-done cable');
  await client.next('green/green fail netns-missing');
  await due();
  machine.asked.splice(0);
  return { ...place, id, machine, client };
}

const shapes = ({ events }: Following) => events.map(shapeOf);

t.test('a session that nobody follows is not asked', async (t) => {
  const { sessions, machines } = await fakePlace(t);
  const { id, lastEvent } = await sessions.start('unit', null);
  machines.last.change((network) => network.remove('red'));
  await due();
  t.strictSame(machines.last.asked, ['perform']);
  t.equal(machines.last.watches, 0);
  const [one, two] = [new Following(sessions, id), new Following(sessions, id)];
  await one.next('cable/red fail netns-missing');
  t.equal(machines.last.watches, 1, 'one watch for all who follow');
  one.stop();
  t.equal(machines.last.watches, 1);
  two.stop();
  t.equal(machines.last.watches, 0, 'it ends with the last of them');
  t.ok(sessions.get(id).lastEvent > lastEvent);
});

t.test('a done step breaks, is mended, and leads on', async (t) => {
  const { machine, client, sessions, id } = await followed(t);
  machine.change((network) => network.remove('red'));
  await client.next('cable/red fail netns-missing');
  await client.next('step-broken cable');
  machine.change((network) => network.add('red', 'netns'));
  await client.next('step-mended cable');
  await client.type('host', 'ip netns add green');
  await client.next('step-done green');
  await client.next('forwarding/sysctl fail wrong-value');
  t.equal(sessions.get(id).step, 'forwarding');
  const batches: string[][] = [];
  const check = () => sessions.of(id).check(null, (steps) => batches.push(steps));
  await check();
  await check();
  t.strictSame(batches, [['cable', 'green'], []], 'whoever asks next hears once what was passed meanwhile');
  await sessions.of(id).enter('cable', 'goto');
  await check();
  t.strictSame(batches.at(-1), [], 'nobody is told of steps that they chose themselves');
});

t.test('a check and a client whom a shared look is enough cost one look for a change', async (t) => {
  const { machine, sessions, id, client } = await followed(t);
  const looks = () => machine.asked.splice(0).filter((asked) => asked === 'observe').length;
  const session = sessions.of(id);
  const shared: Promise<Observation>[] = [];
  const end = session.subscribe(
    sessions.get(id).lastEvent,
    () => {},
    () => {
      // As the page does, when the word has come to it.
      setImmediate(() => shared.push(session.topology(true)));
    },
  );
  machine.change((network) => network.remove('red'));
  await client.next('step-broken cable');
  await Promise.all(shared);
  t.ok(shared.length > 0);
  t.equal(looks(), 1);
  t.strictSame(Object.keys((await shared[0])?.nodes ?? {}).includes('red'), false, 'after the change');
  end();
  await session.topology();
  t.equal(looks(), 1, 'whoever does not share it asks anew');
});

t.test('a hint follows from the verdicts that are there, where nothing has changed since', async (t) => {
  const { machine, sessions, id, client } = await followed(t);
  const hint = async () => {
    machine.asked.splice(0);
    return sessions.of(id).hint();
  };
  // A round of its own may still be on its way.
  for (let turn = 0; turn < 50; turn += 1) {
    await due();
    await hint();
    if (machine.asked.length === 0) break;
  }
  t.match(await hint(), { step: 'green', check: 'green', verdict: { reason: 'netns-missing' } });
  t.strictSame(machine.asked, [], 'nothing is asked again');
  await client.type('host', 'ip netns add green');
  await client.next('forwarding/sysctl fail wrong-value');
  t.match(await hint(), { step: 'forwarding', check: 'sysctl', verdict: { reason: 'wrong-value' } });
  client.stop();
  await hint();
  t.ok(machine.asked.includes('observe'), 'and the machine, where nobody follows');
});

t.test('only the checks are asked that a change concerns', async (t) => {
  const { machine, client, sessions, id } = await followed(t);
  const { lastEvent } = sessions.get(id);
  const after = async (kind: string, work: () => void) => {
    machine.asked.splice(0);
    const before = client.changes.length;
    work();
    await due();
    while (!machine.asked.includes('probe ping hasty')) await due();
    await due();
    t.strictSame(client.changes.slice(before), [[kind]]);
    return machine.asked.splice(0);
  };
  const file = () => machine.change(({ files }) => files.set('host:/etc/mark', 'x'));
  t.strictSame(
    await after('files', file),
    ['observe', 'probe ping hasty'],
    'a ping may depend on names in files',
  );
  const neighbour = () => machine.change((network) => network.node('host').neighbours.push('10.0.0.9 eth0'));
  machine.change(() => {});
  t.strictSame(machine.asked, [], 'no change is no news');
  neighbour();
  await due();
  t.strictSame(machine.asked, [], 'what every probe teaches a node asks nothing again');
  t.equal(
    sessions.get(id).lastEvent,
    lastEvent,
    'and the journal of a session in which nothing is new does not grow',
  );
});

t.test(
  'a silence that the state does not explain is asked again, patiently, and its packets followed',
  async (t) => {
    const { machine, client } = await followed(t);
    machine.faults.silent = true;
    machine.change(({ files }) => files.set('host:/etc/mark', 'x'));
    await client.next('cable/reach fail no-answer');
    t.strictSame(machine.asked, ['observe', 'probe ping hasty', 'probe ping', 'trace']);
  },
);

t.test('a round gives way to a request of a client', async (t) => {
  const { machine, client, sessions, id } = await followed(t);
  const hangs = machine.faults.hang('probe');
  machine.change((network) => network.remove('red'));
  await hangs;
  const reset = sessions.of(id).reset();
  await client.next('step-entered green');
  await reset;
  t.notOk(
    shapes(client).includes('cable/reach could-not-check tool-failed'),
    'what was given up says nothing',
  );
  t.equal(machine.watches, 0, 'the machine that was left is not watched any more');
});

t.test('reports once that a machine cannot be read', async (t) => {
  const { machine, client } = await followed(t);
  machine.faults.fail('observe', 'feature-missing');
  machine.change((network) => network.add('one', 'netns'));
  await client.next('green/green could-not-check tool-failed');
  await client.next('cable/reach could-not-check tool-failed');
  machine.asked.splice(0);
  machine.change((network) => network.add('two', 'netns'));
  while (!machine.asked.includes('observe')) await due();
  await due();
  t.equal(shapes(client).filter((shape) => shape.includes('could-not-check')).length, 4);
  machine.faults.heal();
  machine.change((network) => network.add('green', 'netns'));
  await client.next('step-done green');
});

t.test("reports the machine's end once", async (t) => {
  const { machine, client, sessions, id } = await followed(t);
  const shell = await sessions.of(id).open(null, null, { pty: null });
  machine.die();
  await client.next('machine gone');
  mock.timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => mock.timers.reset());
  // The end of a terminal is a sign to look again: another round, in the same dead machine.
  const before = client.changes.length;
  const exit = Promise.withResolvers<void>();
  shell.onExit(() => exit.resolve());
  shell.close();
  await exit.promise;
  mock.timers.tick(100);
  while (client.changes.length === before) await due();
  mock.timers.tick(5000);
  await due();
  t.equal(shapes(client).filter((shape) => shape === 'machine gone').length, 1);
});

t.test('a watch that has ended is begun again, and later each time', async (t) => {
  const { machine, client } = await followed(t);
  mock.timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => mock.timers.reset());
  for (const patience of [500, 1000, 2000]) {
    machine.deafen();
    mock.timers.tick(patience - 1);
    t.equal(machine.watches, 0, `not before ${patience} ms`);
    mock.timers.tick(1);
    t.equal(machine.watches, 1);
  }
  mock.timers.reset();
  machine.change((network) => network.remove('red'));
  await client.next('step-broken cable');
});

t.test('programs and their listeners are looked for after a sign from a terminal', async (t) => {
  const { machine, client } = await followed(t);
  mock.timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => mock.timers.reset());
  const looked = async (times: number) => {
    while (machine.asked.filter((each) => each === 'look').length < times) await due();
    await due();
  };
  await client.type('host', 'true');
  machine.change((network) => network.node('far').listeners.push('tcp 0.0.0.0:80'));
  const before = client.changes.length;
  mock.timers.tick(99);
  await due();
  t.notOk(machine.asked.includes('look'), 'a program needs a moment');
  mock.timers.tick(1);
  await looked(1);
  t.strictSame(client.changes.slice(before), [['listeners']]);
  mock.timers.tick(300);
  await looked(2);
  t.equal(client.changes.length, before + 1, 'the second look finds nothing new');
});

t.test('a machine that cannot be watched is followed all the same', async (t) => {
  const { sessions, machines } = await fakePlace(t);
  machines.prepare = ({ faults }) => {
    faults.unwatchable = true;
  };
  const { id } = await sessions.start('unit', null);
  const client = new Following(sessions, id);
  t.teardown(() => client.stop());
  await client.next('step-done cable');
  t.equal(machines.last.watches, 0);
});
