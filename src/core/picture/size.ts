import { badgeRows } from './badges.ts';
import { type Element, rowsOf } from './model.ts';
import type { Place } from './place.ts';

export interface Box extends Place {
  id: string;
  width: number;
  height: number;
}

/** Sizes the style sheet gives too: the layout and the wires' ends are known before anything is drawn. */
export const cardWidth = 264;
/** From the left of one column to the left of the next: cables run in what is left between two cards. */
export const columnWidth = 334;
export const headHeight = 38;
const rowHeight = 24;
const padding = 8;
const badgeHeight = 22;
const badgePadding = 13;

export function sizeOf(element: Element): { width: number; height: number } {
  if (element.kind === 'stack') return { width: cardWidth, height: headHeight + 2 * rowHeight + padding };
  const rows = rowsOf(element);
  const lines = rows.reduce((sum, { addresses }) => sum + Math.max(1, addresses.length), 0);
  const badges = element.kind === 'card' ? badgeRows(element.badges, element.isBrief) : 0;
  return {
    width: cardWidth,
    height:
      headHeight +
      (lines === 0 ? 0 : lines * rowHeight + padding) +
      (badges === 0 ? 0 : badges * badgeHeight + badgePadding),
  };
}

/** From the card's top to the middle of each row's first line, by the row's name; '' is the head. */
export function rowMiddles(element: Element): Map<string, number> {
  const middles = new Map([['', headHeight / 2]]);
  let top = headHeight;
  for (const { name, addresses } of rowsOf(element)) {
    middles.set(name, top + rowHeight / 2);
    top += Math.max(1, addresses.length) * rowHeight;
  }
  return middles;
}

export const boxOf = (element: Element, places: ReadonlyMap<string, Place>): Box => ({
  id: element.id,
  ...(places.get(element.id) ?? { x: 0, y: 0 }),
  ...sizeOf(element),
});

export const overlap = (one: Omit<Box, 'id'>, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;
