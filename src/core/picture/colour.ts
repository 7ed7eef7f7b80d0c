/** Nodes that are named for a colour have it; the others take theirs in turn. */
const named: Record<string, number> = {
  red: 0,
  orange: 1,
  green: 3,
  blue: 5,
  purple: 6,
  pink: 7,
  gray: 8,
  grey: 8,
};
const turns = [4, 2, 6, 3, 1, 7, 5, 0];

/** A class that sets `--node`, the node's colour. */
export function colourOf(node: string, nodes: readonly string[]): string {
  const own = named[node];
  if (own !== undefined) return `node-${own}`;
  const others = nodes.filter((each) => !(each in named));
  return `node-${turns[Math.max(0, others.indexOf(node)) % turns.length]}`;
}
