import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { imageIn } from './image.ts';
import { excluded, ROOT } from './vagrantfile.ts';

/**
 * Plays labs, or all, with the programs of the image in `folder`, which no VM uses, and without a VM: what differs
 * between two releases of Docker or iproute2 shows in minutes; what the kernel does is this computer's. The exit code
 * (scripts/lib/programs).
 */
export async function tryPrograms(folder: string, labs: readonly string[]): Promise<number> {
  const at = (name: string) => join(folder, `programs-${name}`);
  const [disk, sources, root] = [at('disk.raw'), at('sources'), at('root')];
  mkdirSync(root, { recursive: true });
  try {
    await execa('cp', ['--sparse=always', imageIn(folder).disk, disk]);
    // Files keep their times: what the image has built of them stays.
    await execa('rsync', ['--archive', '--delete', ...excluded(), `${ROOT}/`, `${sources}/`]);
    const { exitCode } = await execa(join(ROOT, 'scripts/lib/programs'), [disk, sources, root, ...labs], {
      ...{ stdio: ['ignore', 'inherit', 'inherit'], reject: false },
      // Where this process is ended: unshare takes no other signal while it waits.
      killSignal: 'SIGKILL',
    });
    return exitCode ?? 1;
  } finally {
    for (const made of [disk, sources, root]) rmSync(made, { recursive: true, force: true });
  }
}
