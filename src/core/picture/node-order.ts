import { previewOf } from '../plan/preview.ts';

interface Nodes {
  topology: { nodes: readonly { name: string }[] };
  steps: readonly { solution: Parameters<typeof previewOf>[0] }[];
}

/** Every node the lab ever has: those of the start, and those its steps make or type in. */
export function nodesOf({ topology, steps }: Nodes): string[] {
  const made = steps.flatMap(({ solution }) =>
    solution.flatMap((line) => [line.on, ...previewOf([line]).nodes]),
  );
  return [...new Set([...topology.nodes.map(({ name }) => name), ...made])];
}
