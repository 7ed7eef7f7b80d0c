import type { Handlers, Services } from '../handler.ts';
import { sessionOf } from './sessions.ts';

export function stepsHandlers({ sessions }: Services): Handlers<'steps.apply'> {
  return {
    'steps.apply': ({ session, step }) => sessions.of(sessionOf(sessions, session)).apply(step ?? null),
  };
}
