import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';

/** Where the learner is now, and what to do there. */
export function entered(snapshot: Result<'sessions.get'>, { words }: Cli): string {
  const { id, lab, step, machine, canUndo } = snapshot;
  return [
    words.sessions.entered(id, lab, step, Math.round(machine.milliseconds)),
    words.sessions.next,
    ...(canUndo ? [words.sessions.canUndo] : []),
  ].join('\n');
}
