import { type Card, cardId, type Picture } from './model.ts';
import type { Place } from './place.ts';
import { type Box, boxOf, columnWidth, headHeight, overlap, rowMiddles } from './size.ts';

const gap = 30;

/**
 * Cards in the column left of the node that they are inside of, below what stands there already: each as high as the
 * interface that its cable leads to, if there is room.
 */
export function beside(
  { elements, wires }: Picture,
  cards: readonly Card[],
  places: Map<string, Place>,
): Map<string, Place> {
  const known = new Map(elements.map((each) => [each.id, each]));
  const standing = elements.filter(({ id }) => places.has(id)).map((each) => boxOf(each, places));
  /** The height of the interface that its cable leads to. */
  const wanted = (id: string): number => {
    const wire = wires.find(({ ends }) => ends.some(({ element }) => element === id));
    const end = wire?.ends.find(({ element }) => element !== id);
    const [other, place] = [known.get(end?.element ?? ''), places.get(end?.element ?? '')];
    if (end === undefined || other === undefined || place === undefined) return Number.POSITIVE_INFINITY;
    return place.y + (rowMiddles(other).get(end.row) ?? 0) - headHeight;
  };
  for (const host of new Set(cards.map((card) => card.host ?? ''))) {
    const own = places.get(cardId(host)) ?? { x: 0, y: 0 };
    const x = own.x - columnWidth;
    const group = cards
      .filter((card) => card.host === host)
      .map((card) => ({ card, y: wanted(card.id), box: boxOf(card, places) }))
      .sort((one, other) => one.y - other.y);
    const column = standing.filter((box) => overlap({ ...box, x }, box));
    const top = Math.min(own.y, ...standing.map((box) => box.y));
    const floor = Math.max(top, ...column.map((box) => box.y + box.height + gap));
    const bottom = Math.max(...standing.map((box) => box.y + box.height));
    set(group, floor);
    const last = group.at(-1);
    // As low as their cables want them they would reach below all others: up, as far as there is room.
    const over = (last?.box.y ?? 0) + (last?.box.height ?? 0) - bottom;
    const room = (group[0]?.box.y ?? 0) - floor;
    const up = Math.max(0, Math.min(over, room));
    for (const { card, box } of group) places.set(card.id, { x, y: box.y - up });
  }
  return places;
}

function set(group: readonly { y: number; box: Box }[], from: number): void {
  let floor = from;
  for (const { y, box } of group) {
    box.y = Math.max(floor, Number.isFinite(y) ? y : floor);
    floor = box.y + box.height + gap;
  }
}
