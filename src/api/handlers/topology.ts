import type { Handlers, Services } from '../handler.ts';
import { sessionOf } from './sessions.ts';

type Names = 'topology.get' | 'topology.export' | 'topology.expose';

export function topologyHandlers({ sessions, labs }: Services): Handlers<Names> {
  return {
    'topology.export': ({ session, ...asked }) =>
      labs.export(sessions.of(sessionOf(sessions, session)), asked),
    'topology.get': ({ session, shared }) => sessions.of(sessionOf(sessions, session)).topology(shared),
    async 'topology.expose'({ session, node }) {
      return { handles: await sessions.of(sessionOf(sessions, session)).expose(node ?? null) };
    },
  };
}
