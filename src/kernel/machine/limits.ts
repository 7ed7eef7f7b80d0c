import { readFile } from 'node:fs/promises';
import { run } from '../exec/run.ts';

/** Open files of a process: its limit, and the limit to which it may raise that. */
const files = { soft: 4096, hard: 65_536 };

/**
 * Limits of every process in a machine. Set once on the daemon, whose children inherit them. Its own root is exempt
 * from `nproc`; a machine's is not: to the kernel it is an ordinary user, for whom all processes of the machine count
 * (setrlimit(2), and make.ts). @returns those that could not be set, in prlimit's words.
 */
export async function limitOwnChildren(): Promise<string[]> {
  // Raising a hard limit takes CAP_SYS_RESOURCE of the VM, which root in a container lacks.
  const hard = Math.min(files.hard, await hardLimit('Max open files'));
  const limits = ['--nproc=1024', `--nofile=${Math.min(files.soft, hard)}:${hard}`, '--core=0'];
  const set = (...some: string[]) => run(['prlimit', '--pid', String(process.pid), ...some]);
  // To start three programs takes a tenth of the daemon's start; alone they say which limit could not be set.
  if ((await set(...limits)).exitCode === 0) return [];
  const ran = await Promise.all(limits.map((limit) => set(limit)));
  return ran.filter(({ exitCode }) => exitCode !== 0).map(({ stderr }) => stderr.trim());
}

/** proc_pid_limits(5): name, soft limit, hard limit, unit. */
async function hardLimit(name: string): Promise<number> {
  const text = await readFile('/proc/self/limits', 'utf8');
  const [, hard] =
    text
      .split('\n')
      .find((line) => line.startsWith(name))
      ?.slice(name.length)
      .trim()
      .split(/\s+/) ?? [];
  return hard === undefined || hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard);
}
