import t from 'tap';
import type { Sessions } from '../../../src/session/sessions.ts';
import { fakePlace } from '../../support/fake/place.ts';

/** `done` is by the learner, `shown` by hoplab. */
function states(sessions: Sessions, id: string): string {
  return sessions
    .get(id)
    .steps.map(({ doneAt, shown }) => (doneAt === null ? 'open' : shown ? 'shown' : 'done'))
    .join(' ');
}

t.test('a step that hoplab typed is shown, and done once the learner has done it', async (t) => {
  const { sessions, machines } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  const session = sessions.of(id);
  const done: unknown[] = [];
  session.hear(0, ({ event }) => event.type === 'step-done' && done.push(event));
  await session.check(null);
  await session.apply(null);
  await session.check(null);
  t.equal(states(sessions, id), 'done shown open');
  t.strictSame(done, [
    { type: 'step-done', step: 'cable' },
    { type: 'step-done', step: 'green', by: 'hoplab' },
  ]);
  t.strictSame(sessions.learned('unit'), ['cable'], 'it is no success of the learner');

  await session.enter('green', 'goto');
  machines.last.change((network) => network.add('green', 'netns'));
  await session.check(null);
  t.equal(states(sessions, id), 'done done open');
  t.strictSame(done.at(-1), { type: 'step-done', step: 'green' });
  t.strictSame(sessions.learned('unit'), ['cable', 'green']);

  await session.reset();
  await session.apply('all');
  await session.check('all');
  t.equal(states(sessions, id), 'done done shown', 'what the learner did stays done');
});

t.test('steps that are typed one after the other are checked as they are passed', async (t) => {
  const { sessions } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  await sessions.of(id).apply('all');
  t.equal(states(sessions, id), 'shown shown open');
  await sessions.of(id).check(null);
  t.equal(states(sessions, id), 'shown shown shown');
});

t.test('so are the steps before the one that goto leads to', async (t) => {
  const { sessions, open } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  await sessions.of(id).enter('forwarding', 'goto');
  await sessions.of(id).check('all');
  t.equal(states(sessions, id), 'shown shown open');
  t.strictSame(sessions.learned('unit'), []);
  t.equal(states(await open(), id), 'shown shown open', 'after a restart of the daemon too');
});

t.test('undo brings back what hoplab typed', async (t) => {
  const { sessions } = await fakePlace(t);
  const { id } = await sessions.start('unit', null);
  const session = sessions.of(id);
  await session.check(null);
  await session.apply(null);
  await session.reset();
  await session.undo();
  await session.check(null);
  t.equal(states(sessions, id), 'done shown open');
});
