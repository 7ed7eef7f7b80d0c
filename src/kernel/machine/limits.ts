import { run } from '../exec/run.ts';

/**
 * Limits of every process in a machine. Set once on the daemon, whose children inherit them: its own root is
 * exempt from `nproc`, while a machine's root, an ordinary uid to the kernel, is not (setrlimit(2)).
 */
const limits = ['--nproc=1024', '--nofile=4096:65536', '--core=0'];

export async function limitOwnChildren(): Promise<void> {
  await run(['prlimit', '--pid', String(process.pid), ...limits]);
}
