import { z } from 'zod';
import type { Neighbour } from '../../../src/core/state/observation.ts';

/** An entry of `ip -j neighbour show`. */
export const neighbourSchema = z.object({
  dst: z.string(),
  dev: z.string(),
  lladdr: z.string().optional(),
  state: z.array(z.string()).optional(),
});

export function neighbourOf({ dst, dev, lladdr, state }: z.infer<typeof neighbourSchema>): Neighbour {
  return { address: dst, dev, mac: lladdr ?? null, state: state?.[0] ?? 'NONE' };
}
