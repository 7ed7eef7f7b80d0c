import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HoplabError } from './core/errors.ts';

/**
 * A machine's root is user nobody in the VM: it must be able to pass every directory on the way to the run
 * directory.
 * @throws `directory-unusable`
 */
export async function mustBeReachable(run: string): Promise<void> {
  for (let directory = run; ; directory = dirname(directory)) {
    const { mode } = await stat(directory);
    if ((mode & 0o001) === 0) {
      const rights = (mode & 0o7777).toString(8).padStart(4, '0');
      throw new HoplabError(
        'directory-unusable',
        `HOPLAB_RUN=${run}: machines cannot reach it, for ${directory} lets only its owner through (mode ${rights}); choose a directory below /run, or: chmod o+x ${directory}`,
        { run, directory, mode: rights },
      );
    }
    if (directory === dirname(directory)) return;
  }
}
