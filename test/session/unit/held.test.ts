import t from 'tap';
import { newProgress } from '../../../src/session/progress.ts';
import { restoreProgress, storeProgress } from '../../../src/session/stored-progress.ts';
import { fakePlace } from '../../support/fake/place.ts';

t.test(
  'what has passed in a machine is told from what never did, until there is another machine',
  async (t) => {
    const { sessions, machines, open } = await fakePlace(t);
    const { id } = await sessions.start('unit', null);
    const held = (from = sessions) => from.get(id).steps.find((step) => step.id === 'cable')?.held;
    machines.last.change((network) => network.removeLink('host', 'eth0'));
    await sessions.of(id).check('cable');
    t.strictSame(held(), ['red']);
    machines.last.change((network) => network.remove('red'));
    await sessions.of(id).check('cable');
    t.match(sessions.get(id).steps.find((step) => step.id === 'cable')?.verdicts, [
      { status: 'fail' },
      { status: 'fail' },
      { status: 'blocked' },
    ]);
    t.strictSame(held(), ['red']);
    t.strictSame(held(await open()), ['red'], 'after a restart of the daemon too');
  },
);

t.test('a shortened journal knows it, and one of old knows nothing of it', async (t) => {
  const progress = newProgress('s');
  progress.held.add('s/c');
  const stored = storeProgress(progress);
  t.strictSame(restoreProgress(stored).held, new Set(['s/c']));
  const { held: _, ...old } = stored;
  t.strictSame(restoreProgress(old).held, new Set());
});
