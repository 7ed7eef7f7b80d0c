import { HoplabError } from '../core/errors.ts';

/** For work that comes after the last of its session. */
export const sessionEnded = (session: string): HoplabError =>
  new HoplabError('session-not-found', `session ${session} has ended`, { session });

/** For work that waits while the daemon ends; the next one can do it. */
export const daemonEnds = (): HoplabError =>
  new HoplabError('interrupted', 'not begun: the daemon ends', { retry: true });
