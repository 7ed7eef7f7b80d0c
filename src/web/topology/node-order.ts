import { previewOf } from '../../core/plan/preview.ts';
import type { Lab } from '../state/protocol-types.ts';

/** Every node the lab ever has: those of the start, and those its steps make or type in. */
export function nodesOf({ topology, steps }: Pick<Lab, 'topology' | 'steps'>): string[] {
  const made = steps.flatMap(({ solution }) =>
    solution.flatMap((line) => [line.on, ...previewOf([line]).nodes]),
  );
  return [...new Set([...topology.nodes.map(({ name }) => name), ...made])];
}
