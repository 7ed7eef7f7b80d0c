import { HoplabError } from '../../core/errors.ts';
import { run } from '../exec/run.ts';
import { joining } from '../place/enter.ts';

/** Mounts a directory of the VM into a fresh machine, which no learner has entered yet, read-only. */
export async function lend(pid: number, directory: string, place: string): Promise<void> {
  const ran = await run([...joining(pid, 'lend'), directory, place]);
  if (ran.exitCode === 0) return;
  throw new HoplabError('machine-failed', `${directory} could not be lent: ${ran.stderr.trim()}`, {
    step: 'lend',
  });
}
