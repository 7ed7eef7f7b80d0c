import { readdirSync } from 'node:fs';
import { signalTo } from '../exec/launch.ts';
import { readPlain } from '../place/plain-file.ts';

/**
 * nsenter stops itself where the program stops that it has started, and reaps it only when it is continued (util-linux,
 * sys-utils/nsenter.c). A learner can stop that program, and the kernel ends pid 1 of a PID namespace only when every
 * other process of it is reaped.
 * @param pids first processes of machines that have been killed
 */
export function continueParents(pids: readonly number[]): void {
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [program, option, pid] = (readPlain(`/proc/${name}/cmdline`) ?? '').split('\0');
    if (program === 'nsenter' && option === '-t' && pids.includes(Number(pid)))
      signalTo(Number(name), 'SIGCONT');
  }
}
