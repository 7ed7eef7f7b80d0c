import type { Handlers, Services } from '../handler.ts';
import { sessionOf } from './sessions.ts';

export function topologyHandlers({ sessions }: Services): Handlers<'topology.get' | 'topology.expose'> {
  return {
    'topology.get': ({ session }) => sessions.of(sessionOf(sessions, session)).topology(),
    async 'topology.expose'({ session, node }) {
      return { handles: await sessions.of(sessionOf(sessions, session)).expose(node ?? null) };
    },
  };
}
