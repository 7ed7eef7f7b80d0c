import t from 'tap';
import type { SessionEvent } from '../../../src/core/session/event.ts';
import { advance, newProgress } from '../../../src/session/progress.ts';
import { restoreProgress, storeProgress } from '../../../src/session/stored-progress.ts';

const hint = (cause: string, rung: number): SessionEvent => ({
  ...{ type: 'hint', step: 's', check: 'c' },
  ...{ cause, rung },
});

t.test(
  'each rung of a hint counts once, over a restart too; those of a search for a fault do not',
  async (t) => {
    const progress = newProgress('s');
    for (const event of [hint('a', 1), hint('a', 2), hint('a', 2), hint('b', 1)]) advance(progress, event, 0);
    t.equal(progress.hinted, 3);
    const restored = restoreProgress(JSON.parse(JSON.stringify(storeProgress(progress))));
    advance(restored, { type: 'practice', seed: 1, state: 'broken' }, 0);
    advance(restored, hint('a', 1), 0);
    t.equal(restored.hinted, 3);
    advance(restored, { type: 'step-entered', step: 's', how: 'goto' }, 0);
    advance(restored, hint('c', 1), 0);
    t.equal(restored.hinted, 4);
  },
);
