import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { excluded, ROOT } from './vagrantfile.ts';

/** Plays the Vagrantfile with a box of the image in `folder`, which no VM uses; the exit code (scripts/lib/vagrant). */
export async function tryVagrant(folder: string, kind: 'kvm' | 'tcg'): Promise<number> {
  // Vagrant writes beside the Vagrantfile. Files keep their times: what the image has built of them stays.
  const sources = join(folder, 'vagrant-sources');
  await execa('rsync', ['--archive', '--delete', ...excluded(), `${ROOT}/`, `${sources}/`]);
  const script = join(ROOT, 'scripts/lib/vagrant');
  const { exitCode } = await execa(script, [folder, sources, join(folder, 'vagrant-work'), kind], {
    ...{ stdio: ['ignore', 'inherit', 'inherit'], reject: false },
    // Where this process is ended: unshare takes no other signal while it waits.
    killSignal: 'SIGKILL',
  });
  rmSync(sources, { recursive: true });
  return exitCode ?? 1;
}
