import { type Element, nameOf, type Picture, rowsOf } from '../../core/picture/model.ts';

/** The elements that have every word in their name, title, interfaces or addresses, in the order of the picture. */
export function found({ elements }: Picture, titles: Record<string, string>, text: string): string[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return elements
    .filter((element) => {
      const within = textOf(element, titles);
      return !element.soon && words.every((word) => within.includes(word));
    })
    .map(({ id }) => id);
}

const textOf = (element: Element, titles: Record<string, string>): string =>
  [
    nameOf(element),
    element.kind === 'card' ? (titles[element.node] ?? '') : element.node,
    ...rowsOf(element).flatMap(({ name, addresses }) => [name, ...addresses]),
  ]
    .join(' ')
    .toLowerCase();

/** The element that lies next in a direction, straight ahead before aside; null at the edge. */
export function nextIn(
  boxes: readonly { id: string; x: number; y: number; width: number; height: number }[],
  from: string,
  [dx, dy]: readonly [number, number],
): string | null {
  const middle = (box: (typeof boxes)[number]) => [box.x + box.width / 2, box.y + box.height / 2] as const;
  const here = boxes.find(({ id }) => id === from);
  if (here === undefined) return null;
  const [x, y] = middle(here);
  let best: { id: string; cost: number } | null = null;
  for (const box of boxes) {
    const [otherX, otherY] = middle(box);
    const ahead = (otherX - x) * dx + (otherY - y) * dy;
    const aside = Math.abs((otherX - x) * dy) + Math.abs((otherY - y) * dx);
    if (ahead <= 1 || aside > 2 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (best === null || cost < best.cost) best = { id: box.id, cost };
  }
  return best?.id ?? null;
}
