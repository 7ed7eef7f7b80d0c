import type { Result } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';

/**
 * The learner's place, and the next thing to do.
 * @param made the machine is a new one: prints how long it took
 */
export function locationText(snapshot: Result<'sessions.get'>, { words }: Cli, made = true): string {
  const { id, lab, step, machine, canUndo } = snapshot;
  return [
    words.sessions.entered(id, lab, step, made ? Math.round(machine.milliseconds) : null),
    words.sessions.next,
    ...(canUndo ? [words.sessions.canUndo] : []),
  ].join('\n');
}
