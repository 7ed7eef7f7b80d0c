import type { Element, Picture } from './model.ts';

/**
 * Without the cards of nodes that are only there to hold bridges: they have no address, so no packet is theirs, and a
 * line to each of their bridges would look like a cable between them.
 */
export function withoutHolders({ elements, wires }: Picture): Picture {
  const bridges = Map.groupBy(
    elements.filter((each) => each.kind === 'switch'),
    ({ node }) => node,
  );
  const isHolder = (each: Element): boolean =>
    each.kind === 'card' &&
    !each.soon &&
    bridges.has(each.node) &&
    each.rows.every(({ quiet, name }) => quiet || name === 'lo') &&
    Object.values(each.badges).every((badge) => (Array.isArray(badge) ? badge.length === 0 : !badge)) &&
    (bridges.get(each.node) ?? []).every(({ own }) => own.addresses.length === 0);
  const held = new Set(elements.filter(isHolder).map(({ id }) => id));
  return {
    elements: elements.filter(({ id }) => !held.has(id)),
    wires: wires.filter(({ ends }) => !ends.some(({ element }) => held.has(element))),
  };
}
