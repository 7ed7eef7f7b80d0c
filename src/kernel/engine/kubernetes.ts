import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HoplabError } from '../../core/errors.ts';
import { run } from '../exec/run.ts';
import { intoMachine, intoNode, joining } from '../place/enter.ts';

/** Inside every machine: starts a cluster there, and has nodes join it (kubernetes.sh). */
export const clusterProgram = '/.hoplab/kubernetes';

/** The text of `clusterProgram`. */
export const clusterScript = await readFile(new URL('./kubernetes.sh', import.meta.url), 'utf8');

/** Made by scripts/setup: the cluster as one file. */
const program = fileURLToPath(new URL('../../cluster/dist', import.meta.url));

/** The directory of both in a machine; the script uses the same. */
const place = '/.hoplab/cluster';

/** Milliseconds that a cluster of real components may take more than other services. */
export const startOfReal = 240_000;

/** Gives a fresh machine, which no learner has entered yet, the cluster's program and the Node that runs it. */
export async function lendCluster(pid: number): Promise<void> {
  await access(join(program, 'cluster.js')).catch(() => {
    const words = 'the cluster program is not built; sudo scripts/setup builds it';
    throw new HoplabError('feature-missing', words, { tool: 'kubernetes', output: program });
  });
  // The directory with Node in bin, as the package has it.
  const node = dirname(dirname(process.execPath));
  const lends = [[program, 'program'] as const, [node, 'node'] as const];
  const ran = await Promise.all(
    lends.map(([from, to]) => run([...joining(pid, 'lend'), from, `${place}/${to}`])),
  );
  const failed = ran.find(({ exitCode }) => exitCode !== 0);
  if (failed === undefined) return;
  const words = `the cluster program could not be lent: ${failed.stderr.trim()}`;
  throw new HoplabError('machine-failed', words, { step: 'cluster' });
}

/** Stops the cluster before other files come; the node its control plane was on, null without a cluster. */
export async function stopCluster(pid: number): Promise<string | null> {
  const ran = await run(intoMachine(pid, ['sh', clusterProgram, 'stop']));
  return ran.exitCode === 0 ? ran.stdout.trim() : null;
}

/** On its other nodes too: the state that came with the files names them. */
export async function startCluster(pid: number, node: string): Promise<void> {
  const argv = intoNode({ name: node, kind: 'host' }, ['sh', clusterProgram, 'start']);
  const ran = await run(intoMachine(pid, argv), { timeout: startOfReal });
  if (ran.exitCode === 0) return;
  throw new HoplabError('action-failed', 'the Kubernetes cluster did not start', { output: ran.stderr });
}
