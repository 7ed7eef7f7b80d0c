import { access, readFile } from 'node:fs/promises';
import { HoplabError } from '../../core/errors.ts';
import { run } from '../exec/run.ts';
import { intoMachine } from '../place/enter.ts';
import { lend } from './lend.ts';

/** Made by scripts/docker, shared by all machines of the VM. */
const store = '/var/lib/hoplab/images';

/** The directory of the images in a machine; the engine's script uses the same. */
const place = '/.hoplab/images';

/** Inside every machine: starts and stops the Docker engine there (engine.sh). */
export const engineProgram = '/.hoplab/engine';

/** The text of `engineProgram`. */
export const engineScript = await readFile(new URL('./engine.sh', import.meta.url), 'utf8');

/** Gives a fresh machine, which no learner has entered yet, the shared images to read. */
export async function lendImages(pid: number): Promise<void> {
  const words = 'the images for Docker are not there; sudo scripts/docker makes them';
  await access(store).catch(() => {
    throw new HoplabError('feature-missing', words, { tool: 'docker', output: store });
  });
  await lend(pid, store, place);
}

/** Stops the engine before other files come, says whether there was one. */
export async function stopEngine(pid: number): Promise<boolean> {
  const text = `[ -e /run/docker.supervisor ] && sh ${engineProgram} stop`;
  return (await run(intoMachine(pid, ['sh', '-c', text]))).exitCode === 0;
}

export async function startEngine(pid: number): Promise<void> {
  const ran = await run(intoMachine(pid, ['sh', engineProgram, 'start']));
  if (ran.exitCode === 0) return;
  throw new HoplabError('action-failed', 'Docker did not start', { output: ran.stderr });
}
