import { availableParallelism, freemem } from 'node:os';
import type { Machine } from '../../core/ports.ts';

/**
 * The number of machines tried at the same time: most of a trial is waiting for packets that do not come.
 * Fewer if making and reading one takes long, or commands would meet their time limits.
 */
export async function lanesFor(make: () => Promise<Machine>): Promise<number> {
  const usual = 300;
  const started = performance.now();
  const machine = await make();
  await machine.observe().finally(() => machine.destroy());
  const pace = Math.min(1, usual / (performance.now() - started));
  return Math.max(2, Math.round(6 * availableParallelism() * pace));
}

/** Bytes for a cluster of real components, and for one of its states that waits for a fault. */
const realCluster = 3 * 2 ** 30;

/**
 * A cluster of real components takes the processors as it starts, and the memory of a dozen others. Half of a trial
 * is waiting until it rests.
 */
export function lanesForReal(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.floor(freemem() / realCluster)));
}

export async function inLanes(lanes: number, jobs: (() => Promise<void>)[]): Promise<void> {
  const waiting = jobs.values();
  const lane = async () => {
    for (const job of waiting) await job();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
