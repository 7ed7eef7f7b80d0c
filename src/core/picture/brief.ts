import { framesOf } from './frames.ts';
import type { Picture } from './model.ts';
import type { Place } from './place.ts';
import { type Service, serviceBoxes } from './services.ts';
import { type Box, boxOf } from './size.ts';

/** With cards as low as they can be: each counts its routes among its other badges, and lists none. */
export const briefly = ({ elements, wires }: Picture): Picture => ({
  elements: elements.map((each) => (each.kind === 'card' ? { ...each, isBrief: true } : each)),
  wires,
});

/** What the picture takes up, with its frames and Services. */
export function extentOf(
  { elements }: Picture,
  places: ReadonlyMap<string, Place>,
  services: readonly Service[],
): Omit<Box, 'id'> {
  return around([
    ...elements.map((each) => boxOf(each, places)),
    ...framesOf(elements, places),
    ...serviceBoxes(services, elements, places),
  ]);
}

export function around(boxes: readonly Omit<Box, 'id'>[]): Omit<Box, 'id'> {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
