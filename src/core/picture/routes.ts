import { ahead, lineOf, passing, type Route, type Side } from './curve.ts';
import type { Element, Picture, Wire } from './model.ts';
import type { Place } from './place.ts';
import { type Box, boxOf, columnWidth, overlap, rowMiddles } from './size.ts';

/**
 * The way of each wire: behind as few cards as can be. A cable behind a card looks like two, one to the card and one
 * from it.
 */
export function routesOf(
  { elements, wires }: Picture,
  places: ReadonlyMap<string, Place>,
): Map<string, Route> {
  const drawn = new Map(elements.map((each) => [each.id, { element: each, box: boxOf(each, places) }]));
  const boxes = [...drawn.values()].map(({ box }) => box);
  return new Map(
    wires.flatMap((wire) => {
      const [a, b] = wire.ends.map((end) => drawn.get(end.element));
      if (a === undefined || b === undefined) return [];
      let best: { route: Route; behind: number } | null = null;
      for (const route of candidates(wire, a.box, b.box)) {
        const [from, to] = route.sides;
        const ends = [pointOf(a, wire.ends[0].row, from), pointOf(b, wire.ends[1].row, to)] as const;
        const { curve } = lineOf(...ends, route);
        const straight = ends.flatMap(
          (end, at) => segment(end, route.sides[at] ?? 'r', route.straight[at] ?? 0) ?? [],
        );
        const behind =
          passing(curve, boxes).length +
          straight.reduce((sum, each) => sum + boxes.filter((box) => overlap(each, box)).length, 0);
        if (best === null || behind < best.behind) best = { route, behind };
        if (behind === 0) break;
      }
      return best === null ? [] : [[wire.id, best.route] as const];
    }),
  );
}

/** The nearer sides first. One right under the other: around it, or from top to bottom without a row of their own. */
function candidates({ kind }: Wire, a: Box, b: Box): Route[] {
  const route = ([one, other]: Route['sides'], straight: Route['straight'] = [0, 0]): Route => ({
    ...{ sides: [one, other], straight },
  });
  const distance = b.x - a.x;
  const round = [route(['r', 'r']), route(['l', 'l'])];
  if (Math.abs(distance) >= 120) {
    const near: Route['sides'] = distance > 0 ? ['r', 'l'] : ['l', 'r'];
    // So far straight on, a wire has passed the cards beside it.
    const past = [columnWidth, 2 * columnWidth].filter((far) => far < Math.abs(distance));
    return [route(near), ...past.flatMap((far) => [route(near, [far, 0]), route(near, [0, far])]), ...round];
  }
  if (kind !== 'inside') return round;
  const trunks = round.toReversed().map((each) => ({ ...each, trunk: true }));
  return [b.y > a.y ? route(['b', 't']) : route(['t', 'b']), ...trunks];
}

/** As a box without height. */
function segment(from: Place, side: Side, far: number): Omit<Box, 'id'> | null {
  if (far === 0) return null;
  const to = ahead(from, side, far);
  return { x: Math.min(from.x, to.x) + 1, y: from.y, width: Math.abs(to.x - from.x) - 2, height: 0 };
}

/** Where a wire ends on an element. */
export function pointOf({ element, box }: { element: Element; box: Box }, row: string, side: Side): Place {
  const { x, y, width, height } = box;
  if (side === 't' || side === 'b') return { x: x + width / 2, y: side === 't' ? y : y + height };
  const middles = rowMiddles(element);
  return { x: side === 'l' ? x : x + width, y: y + (middles.get(row) ?? middles.get('') ?? 0) };
}
