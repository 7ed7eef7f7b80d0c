import type { Handlers, Services } from '../handler.ts';
import { sessionOf } from './sessions.ts';

export function predictionsHandlers({ sessions }: Services): Handlers<'predictions.answer'> {
  return {
    'predictions.answer'({ session, step, prediction, answer }) {
      const asked = { step: step ?? null, prediction, answer: [answer].flat() };
      return sessions.of(sessionOf(sessions, session)).predict(asked);
    },
  };
}
