import type { Handlers, Services } from '../handler.ts';
import { sessionOf } from './sessions.ts';

export function trafficHandlers({ sessions }: Services): Handlers<'traffic.watch' | 'traffic.unwatch'> {
  return {
    'traffic.watch': ({ session }, call) => ({
      flows: call.traffic.add(sessionOf(sessions, session), call.afterReply),
    }),
    'traffic.unwatch'({ session }, call) {
      call.traffic.remove(sessionOf(sessions, session));
      return {};
    },
  };
}
