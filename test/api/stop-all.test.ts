import t from 'tap';
import type { Call, Services } from '../../src/api/handler.ts';
import { sessionsHandlers } from '../../src/api/handlers/sessions.ts';
import { HoplabError } from '../../src/protocol/errors.ts';

/** `sessions.stop` of all, where each session ends in its own way. */
async function stopAll(ends: Record<string, () => Promise<void>>) {
  const sessions = {
    list: () => Object.keys(ends).map((id) => ({ id })),
    stop: (id: string) => ends[id]?.(),
  };
  const handlers = sessionsHandlers({ sessions } as unknown as Services);
  return handlers['sessions.stop']({ all: true }, {} as Call);
}

t.test('one that ends slowly, or was stopped by another client, keeps no other from its end', async (t) => {
  const slow = Promise.withResolvers<void>();
  const other = Promise.withResolvers<void>();
  const answer = stopAll({
    slow: () => slow.promise,
    gone: () => Promise.reject(new HoplabError('session-not-found', 'gone')),
    other: async () => other.resolve(),
  });
  await other.promise;
  slow.resolve();
  t.same(await answer, { stopped: ['slow', 'other'] });
});

t.test('one that cannot be stopped is told when the others have ended', async (t) => {
  let ended = false;
  const answer = stopAll({
    broken: () => Promise.reject(new HoplabError('journal-failed', 'full')),
    other: async () => {
      ended = true;
    },
  });
  await t.rejects(async () => answer, { code: 'journal-failed' });
  t.ok(ended);
});
