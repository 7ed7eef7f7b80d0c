import type { SessionControl } from '../../core/session/control.ts';
import { HoplabError } from '../../protocol/errors.ts';
import type { MethodName } from '../../protocol/methods.ts';
import { explainHint, explainReveal, explainSnapshot } from '../explain.ts';
import type { Handlers, Services } from '../handler.ts';

type Names = Extract<MethodName, `sessions.${string}`>;

/** The session a request is about: the one it names, or the current one. */
export function sessionOf(sessions: SessionControl, named: string | undefined): string {
  const session = named ?? sessions.current();
  if (session === null) {
    throw new HoplabError('session-none', 'no session is running; start a lab first');
  }
  return session;
}

/** All at once: a machine that ends slowly keeps no other from its end. Another client may stop some of them too. */
async function stopAll(sessions: SessionControl): Promise<string[]> {
  const ids = sessions.list().map(({ id }) => id);
  const ended = await Promise.allSettled(ids.map((id) => sessions.stop(id)));
  const failed = ended
    .filter((one) => one.status === 'rejected')
    .find(({ reason }) => !(reason instanceof HoplabError && reason.code === 'session-not-found'));
  if (failed) throw failed.reason;
  return ids.filter((_, index) => ended[index]?.status === 'fulfilled');
}

export function sessionsHandlers({ sessions, labs }: Services): Handlers<Names> {
  const of = (named: string | undefined) => sessionOf(sessions, named);
  return {
    'sessions.list': () => ({
      current: sessions.current(),
      sessions: sessions.list().map(explainSnapshot),
    }),
    'sessions.current': () => ({ session: sessions.current() }),
    'sessions.use': ({ session }) => explainSnapshot(sessions.use(session)),
    async 'sessions.start'({ lab, step, engine, use, progress }, call) {
      await labs.refresh();
      const started = await sessions.start(lab, step ?? null, call.progress(progress), engine);
      return explainSnapshot(use ? sessions.use(started.id) : started);
    },
    'sessions.get': ({ session }) => explainSnapshot(sessions.get(of(session))),
    async 'sessions.stop'({ session, all }) {
      if (all) return { stopped: await stopAll(sessions) };
      const id = of(session);
      await sessions.stop(id);
      return { stopped: [id] };
    },
    async 'sessions.goto'({ session, step, progress }, call) {
      await labs.refresh();
      return explainSnapshot(await sessions.of(of(session)).enter(step, 'goto', call.progress(progress)));
    },
    async 'sessions.reset'({ session, progress }, call) {
      await labs.refresh();
      return explainSnapshot(await sessions.of(of(session)).reset(call.progress(progress)));
    },
    async 'sessions.reboot'({ session, progress }, call) {
      return explainSnapshot(await sessions.of(of(session)).reboot(call.progress(progress)));
    },
    async 'sessions.undo'({ session }) {
      return explainSnapshot(await sessions.of(of(session)).undo());
    },
    'sessions.preview'({ session, step, undo, reboot }) {
      const id = of(session);
      return sessions.of(id).preview(undo ? 'undo' : reboot ? 'reboot' : step ? { step } : 'reset');
    },
    'sessions.subscribe'({ session, after }, call) {
      const snapshot = sessions.get(of(session));
      // A number that cannot be sent again is of another life of this session, or long ago: the snapshot is
      // the truth.
      const from = sessions.of(snapshot.id).from(after ?? null);
      call.subscriptions.add(snapshot.id, from, call.afterReply);
      return { snapshot: explainSnapshot(snapshot), from };
    },
    'sessions.unsubscribe'({ session }, call) {
      call.subscriptions.remove(of(session));
      return {};
    },
    async 'sessions.break'({ session, seed, progress }, call) {
      return explainSnapshot(await sessions.of(of(session)).break(seed ?? null, call.progress(progress)));
    },
    async 'sessions.reveal'({ session }) {
      return explainReveal(await sessions.of(of(session)).reveal());
    },
    async 'sessions.hint'({ session }) {
      const hint = await sessions.of(of(session)).hint();
      return { hint: hint && explainHint(hint) };
    },
  };
}
