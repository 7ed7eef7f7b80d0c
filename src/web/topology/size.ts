import { badgeRows } from './badges.ts';
import { type Element, rowsOf } from './model.ts';

/** Sizes the style sheet gives too: the layout and the wires' ends are known before anything is drawn. */
const cardWidth = 240;
const headHeight = 38;
const rowHeight = 24;
const padding = 8;
const badgeHeight = 22;
const badgePadding = 13;

export function sizeOf(element: Element): { width: number; height: number } {
  const rows = rowsOf(element);
  const lines = rows.reduce((sum, { addresses }) => sum + Math.max(1, addresses.length), 0);
  const badges = element.kind === 'card' ? badgeRows(element.badges) : 0;
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
