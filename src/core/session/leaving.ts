import type { SessionEvent } from './event.ts';

/**
 * Why terminals of a session's machine are no longer where the learner is: another machine took its place, it
 * ended by itself, or the session was stopped.
 */
export const leavings = [
  'goto',
  'reset',
  'reboot',
  'resume',
  'break',
  'undo',
  'start',
  'gone',
  'stopped',
] as const;
export type Leaving = (typeof leavings)[number];

/** Null for events after which the same machine goes on. */
export function leavingIn(event: SessionEvent): Leaving | null {
  if (event.type === 'stopped') return 'stopped';
  if (event.type === 'machine') return event.machine.state === 'gone' ? 'gone' : null;
  return event.type === 'step-entered' && event.how !== 'advance' ? event.how : null;
}
