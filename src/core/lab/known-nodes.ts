import { previewOf } from '../plan/preview.ts';
import type { Line, Topology } from './lab.ts';

/** Nodes that solutions make, or files that are there from the start describe. */
export function createdNodes(
  steps: readonly { solution: readonly (string | Line)[] }[],
  { nodes }: Topology,
): string[] {
  const lines = [
    ...nodes.flatMap(({ name, run }) => run.map((line) => ({ on: name, run: line }))),
    ...steps.flatMap(({ solution }) => solution).map(lineOf),
  ];
  const made = previewOf(lines);
  return [...new Set([...made.nodes, ...made.containers])];
}

/** Nodes of the start topology and those a solution makes. */
export function knownNodes(
  topology: Topology,
  steps: readonly { solution: readonly (string | Line)[] }[],
): string[] {
  return [...new Set([...topology.nodes.map(({ name }) => name), ...createdNodes(steps, topology)])];
}

/** A line without a node is typed on the host. */
export const lineOf = (line: string | Line): Line =>
  typeof line === 'string' ? { on: 'host', run: line } : line;
