import type { Machine } from '../../../src/core/ports.ts';
import { type CaseResult, runTopology } from './run-topology.ts';

/** Which cases: topologies of consecutive seeds, so many probes through each. */
export interface Campaign {
  first: number;
  topologies: number;
  probes: number;
  /** Asked before each case: whether to end early. */
  enough?: () => boolean;
  /** Seeds that are left out. */
  known?: ReadonlySet<number>;
  /** A topology that could not be run to its end; without it that is an error. */
  broke?: (seed: number, error: unknown) => void;
}

/**
 * Runs the cases of consecutive seeds, each machine one topology at a time; prints each case as it is done.
 */
export async function runAll(
  machines: readonly Machine[],
  { first, topologies, probes, enough = () => false, known, broke }: Campaign,
  done: (result: CaseResult) => void,
): Promise<void> {
  let next = first;
  await Promise.all(
    machines.map(async (machine) => {
      while (next < first + topologies && !enough()) {
        next += 1;
        const seed = next - 1;
        if (known?.has(seed)) continue;
        try {
          await runTopology(machine, seed, probes, done, enough);
        } catch (error) {
          if (broke === undefined) throw error;
          broke(seed, error);
        }
      }
    }),
  );
}
