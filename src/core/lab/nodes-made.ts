import type { Line, Topology } from './lab.ts';

/** `ip netns add red`, `docker run --name web`, and the line of a compose file. */
const makers = [
  /\bip netns add ([a-z0-9-]+)/g,
  /\bdocker (?:run|create) .*?--name[= ]([a-z0-9-]+)/g,
  /\bcontainer_name: *([a-z0-9-]+)/g,
];

/** Nodes that solutions make, or files that are there from the start describe. */
export function nodesMade(
  steps: readonly { solution: readonly (string | Line)[] }[],
  { nodes }: Topology,
): string[] {
  const lines = [
    ...nodes.flatMap(({ run }) => run),
    ...steps.flatMap(({ solution }) => solution).map((line) => lineOf(line).run),
  ];
  const made = lines.flatMap((run) => makers.flatMap((maker) => [...run.matchAll(maker)]));
  return [...new Set(made.map((match) => match[1] ?? ''))];
}

/** Nodes of the start topology and those a solution makes. */
export function nodesKnown(
  topology: Topology,
  steps: readonly { solution: readonly (string | Line)[] }[],
): string[] {
  return [...new Set([...topology.nodes.map(({ name }) => name), ...nodesMade(steps, topology)])];
}

/** A line without a node is typed on the host. */
export const lineOf = (line: string | Line): Line =>
  typeof line === 'string' ? { on: 'host', run: line } : line;
