import { cardId, type Element, type Picture, type Row, rowsOf } from '../../core/picture/model.ts';
import { changedSettings } from '../../protocol/settings.ts';
import type { NodeState, Observation } from '../state/protocol-types.ts';

/**
 * The differences from the picture before: keys of elements (`card red`), rows (`card red/veth-red`) and
 * wires.
 */
export function news(before: Picture | null, after: Picture): ReadonlySet<string> {
  return before ? changes(keys(before), keys(after)) : new Set();
}

/** The state that a card does not draw, but whose change it marks. */
type Fact = 'routes' | 'rules' | 'sockets' | 'settings';

/** The same for undrawn state: keys such as `card red#routes`. */
export function factNews(before: Observation | null, after: Observation): ReadonlySet<string> {
  if (!before) return new Set();
  const known = facts(before);
  // A node that is new as a whole has its own mark.
  const knownFacts = [...facts(after)].filter(([key]) => known.has(key));
  return changes(known, new Map(knownFacts));
}

/** The facts among the keys of one card. */
export function factsIn(keys: readonly string[]): Fact[] {
  return keys.flatMap((key) => (key.includes('#') ? [key.slice(key.indexOf('#') + 1) as Fact] : []));
}

export const factKeys = (element: Element) =>
  element.kind === 'card' ? Object.keys(factsOf).map((fact) => `${element.id}#${fact}`) : [];

export const rowKey = ({ id }: Element, { name }: Row) => `${id}/${name}`;

function changes(before: Map<string, string>, after: Map<string, string>): ReadonlySet<string> {
  return new Set([...after].filter(([key, value]) => before.get(key) !== value).map(([key]) => key));
}

function keys({ elements, wires }: Picture): Map<string, string> {
  const found = new Map<string, string>();
  for (const element of elements) {
    if (element.soon) continue;
    found.set(element.id, '');
    for (const row of rowsOf(element)) if (!row.soon) found.set(rowKey(element, row), rowState(row));
  }
  for (const { id, state, soon } of wires) if (!soon) found.set(id, state);
  return found;
}

const rowState = ({ state, addresses }: Row) => [state, ...addresses].join(' ');

const factsOf: Record<Fact, (state: NodeState) => unknown> = {
  // Those of the kernel's own come and go with addresses and links, which are drawn.
  routes: ({ routes }) => routes.filter(({ protocol }) => protocol !== 'kernel').map(({ text }) => text),
  rules: ({ rules }) => `${rules.ipv4}${rules.ipv6}`.replace(/^#.*$|\[\d+:\d+\]/gm, ''),
  sockets: ({ listeners }) => listeners,
  settings: ({ sysctls }) => changedSettings(sysctls),
};

function facts({ nodes }: Observation): Map<string, string> {
  return new Map(
    Object.entries(nodes).flatMap(([node, state]) =>
      Object.entries(factsOf).map(([fact, read]) => [`${cardId(node)}#${fact}`, JSON.stringify(read(state))]),
    ),
  );
}
