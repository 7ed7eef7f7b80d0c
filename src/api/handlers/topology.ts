import type { Handlers, Services } from '../handler.ts';
import { sessionOf } from './sessions.ts';

export function topologyHandlers({ sessions }: Services): Handlers<'topology.get' | 'topology.expose'> {
  return {
    'topology.get': ({ session }) => sessions.topology(sessionOf(sessions, session)),
    async 'topology.expose'({ session, node }) {
      return { handles: await sessions.expose(sessionOf(sessions, session), node ?? null) };
    },
  };
}
