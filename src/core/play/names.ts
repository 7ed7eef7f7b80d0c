import type { NodeState, Observation } from '../state/observation.ts';

/** Kinds of things that are added by hand, and how the first name of each begins. */
export const bases = { host: 'h', bridge: 's', router: 'r', namespace: 'ns', container: 'c' } as const;
export type Kind = keyof typeof bases;
export const kindsToAdd = Object.keys(bases) as Kind[];

/** A name that `ip netns add` and `ip link add` take, and that needs no quotes. */
export const isName = (name: string): boolean => /^[a-zA-Z][a-zA-Z0-9-]{0,14}$/.test(name);

/** Interfaces of the machine count too: a bridge has its name there. */
export function namesIn({ nodes }: Observation): Set<string> {
  return new Set([...Object.keys(nodes), ...(nodes.host?.links ?? []).map(({ name }) => name)]);
}

export function freeName(observation: Observation, kind: Kind): string {
  return numbered(bases[kind], namesIn(observation), 1);
}

export function numbered(base: string, taken: ReadonlySet<string>, from: number): string {
  for (let number = from; ; number += 1) if (!taken.has(`${base}${number}`)) return `${base}${number}`;
}

/** The name of a cable's end: `eth0` in a node, `s1-h1` as the port of a bridge. */
export function endName(state: NodeState, bridge: string | null, other: string): string {
  const taken = new Set(state.links.map(({ name }) => name));
  if (bridge === null) return numbered('eth', taken, 0);
  const name = `${bridge}-${other}`;
  if (name.length <= 13) return taken.has(name) ? numbered(`${name}-`, taken, 2) : name;
  return numbered('port', taken, 1);
}
