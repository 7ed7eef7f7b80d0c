import type { Line } from './lab.ts';

/** Nodes that solutions make. */
export function nodesMade(steps: readonly { solution: readonly (string | Line)[] }[]): string[] {
  const lines = steps.flatMap(({ solution }) => solution).map((line) => lineOf(line).run);
  const made = lines.flatMap((run) => [...run.matchAll(/\bip netns add ([a-z0-9-]+)/g)]);
  return [...new Set(made.map((match) => match[1] ?? ''))];
}

/** A line without a node is typed on the host. */
export const lineOf = (line: string | Line): Line =>
  typeof line === 'string' ? { on: 'host', run: line } : line;
