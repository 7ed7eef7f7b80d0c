import type { Place } from './layout.ts';
import type { Wire } from './model.ts';

export type Side = 'l' | 'r' | 't' | 'b';

/** Left, right; a switch right under its node is joined to it by top and bottom. */
export function sides({ kind, ends: [a, b] }: Wire, places: ReadonlyMap<string, Place>): [Side, Side] {
  const distance = (places.get(b.element)?.x ?? 0) - (places.get(a.element)?.x ?? 0);
  if (Math.abs(distance) < 120) return kind === 'inside' ? ['t', 'b'] : ['r', 'r'];
  return distance > 0 ? ['r', 'l'] : ['l', 'r'];
}
