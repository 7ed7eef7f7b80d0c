import { previewOf } from '../plan/preview.ts';
import type { Lab } from './lab.ts';

/** A lab's network in small: its places in columns and rows, and the cables between them by number. */
export interface Outline {
  places: { name: string; kind: 'node' | 'bridge'; column: number; row: number }[];
  cables: [number, number][];
}

/** The network of a finished lab: what its file starts with, and what the lines of its solutions add. */
export function outlineOf({ topology, steps, view }: Pick<Lab, 'topology' | 'steps' | 'view'>): Outline {
  const plan = previewOf(steps.flatMap(({ solution }) => solution));
  // A later step makes a pair anew under the names of one that it removed.
  const pairs = plan.pairs.filter(
    (pair, index) =>
      !plan.pairs
        .slice(index + 1)
        .some((later) => later.some(({ name }) => pair.some((end) => end.name === name))),
  );
  const keyOf = (node: string, bridge: string | null) => (bridge === null ? node : `${node} ${bridge}`);
  const bridges = [...topology.bridges, ...plan.bridges];
  const cabled = [...topology.links.map(({ ends }) => ends), ...pairs].map((ends) =>
    ends.map(({ node, master }) => keyOf(node, master)),
  );
  // A node that only holds bridges joins no networks: drawn, it would look like their router.
  const holders = new Set(bridges.map(({ node }) => node).filter((node) => !cabled.flat().includes(node)));
  const owned = bridges.map(({ node, name }) => [node, keyOf(node, name)]);
  const joined = [...cabled, ...owned.filter(([node = '']) => !holders.has(node))];
  const nodes = [...topology.nodes.map(({ name }) => name), ...plan.nodes, ...plan.containers];
  const all = [...nodes, ...owned.flat(), ...cabled.flat()];
  const keys = [...new Set(all)].filter((key) => !holders.has(key));
  const cables = joined.map(([one = '', other = '']): [number, number] => [
    keys.indexOf(one),
    keys.indexOf(other),
  ]);

  const cells = cellsOf(keys, view);
  return {
    places: keys.map((key, index) => {
      const [node = '', bridge] = key.split(' ');
      const [column, row] = cells[index] ?? [0, 0];
      return { name: bridge ?? node, kind: bridge === undefined ? 'node' : 'bridge', column, row };
    }),
    cables,
  };
}

/** Where `view` says; bridges below their node; the others in a ring, or in a row below where some have a place. */
function cellsOf(keys: readonly string[], view: Lab['view']): [number, number][] {
  const placed = Object.values(view);
  const below = Math.max(-1, ...placed.map(([, row]) => row)) + 1;
  const nodes = keys.filter((key) => !key.includes(' '));
  const loose = nodes.filter((node) => view[node] === undefined);
  const cellOf = (node: string): [number, number] => {
    const seen = view[node];
    if (seen) return seen;
    const at = loose.indexOf(node);
    if (placed.length > 0) return [at, below];
    const turn = (2 * Math.PI * at) / loose.length - Math.PI;
    return [1.5 * Math.cos(turn), Math.sin(turn)];
  };
  return keys.map((key) => {
    const [node = '', bridge] = key.split(' ');
    const [column, row] = cellOf(node);
    const seen = view[bridge ?? ''];
    if (bridge === undefined || seen) return seen ?? [column, row];
    const beside = keys.filter((each) => each.startsWith(`${node} `));
    return [column + 0.6 * (beside.indexOf(key) - (beside.length - 1) / 2), row + 0.6];
  });
}
