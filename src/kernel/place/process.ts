import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/**
 * Field 22 of /proc/PID/stat: clock ticks after boot at which the process started (proc_pid_stat(5)).
 * With the PID it names one process for as long as the VM is up. Null when there is none, or a zombie.
 */
export async function startTime(pid: number): Promise<string | null> {
  try {
    return startTimeIn(await readFile(`/proc/${pid}/stat`, 'utf8'));
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** Whether the process with this PID is still the one that started at that time; a zombie is not. */
export function stillThere(pid: number, started: string): boolean {
  try {
    return startTimeIn(readFileSync(`/proc/${pid}/stat`, 'utf8')) === started;
  } catch (error) {
    return !isGone(error);
  }
}

/** Every other error says something of the daemon, which may have no file descriptor left, and nothing of the process. */
const isGone = (error: unknown) => ['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '');

function startTimeIn(stat: string): string | null {
  // The command's name stands in parentheses and may itself contain blanks and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
}

export async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}
