import type { Place } from './place.ts';
import type { Box } from './size.ts';

export type Side = 'l' | 'r' | 't' | 'b';

/** A cubic Bézier curve from one end of a wire to the other. */
type Curve = [from: Place, Place, Place, to: Place];

const loop = 44;
/** How far from its card the trunk runs, and how round its corners are. */
const [trunkAway, corner] = [11, 6];

function curveOf(from: Place, fromSide: Side, to: Place, toSide: Side): Curve {
  const same = fromSide === toSide ? fromSide : null;
  if (same === 'l' || same === 'r') {
    const x = same === 'r' ? Math.max(from.x, to.x) + loop : Math.min(from.x, to.x) - loop;
    return [from, { x, y: from.y }, { x, y: to.y }, to];
  }
  return [from, bend(from, fromSide, to), bend(to, toSide, from), to];
}

/** Half of the way straight on; a curve that has to turn back first gets some room for it. */
function bend({ x, y }: Place, side: Side, other: Place): Place {
  const reach = (ahead: number) => (ahead >= 0 ? ahead / 2 : 9 * Math.sqrt(-ahead));
  if (side === 'l') return { x: x - reach(x - other.x), y };
  if (side === 'r') return { x: x + reach(other.x - x), y };
  return { x, y: side === 't' ? y - reach(y - other.y) : y + reach(other.y - y) };
}

/** Which sides of its elements a wire leaves by, and how far it goes straight on before it bends, at either end. */
export interface Route {
  sides: [Side, Side];
  straight: [number, number];
  /** Down one side with square corners: lines from one card to several below it share it. */
  trunk?: boolean;
}

export const straightOn: Route = { sides: ['r', 'l'], straight: [0, 0] };

/** The wire between two points: straight, bent, straight. */
export function lineOf(
  from: Place,
  to: Place,
  { sides, straight, trunk = false }: Route,
): { curve: Curve; path: string } {
  if (trunk) return trunkOf(from, to, sides[0]);
  const [start, end] = [ahead(from, sides[0], straight[0]), ahead(to, sides[1], straight[1])];
  const curve = curveOf(start, sides[0], end, sides[1]);
  const [a, b, c, d] = curve;
  const bent = `C${b.x},${b.y} ${c.x},${c.y} ${d.x},${d.y}`;
  const path = [
    `M${from.x},${from.y}`,
    ...(straight[0] > 0 ? [`L${a.x},${a.y}`] : []),
    bent,
    ...(straight[1] > 0 ? [`L${to.x},${to.y}`] : []),
  ];
  return { curve, path: path.join(' ') };
}

function trunkOf(from: Place, to: Place, side: Side): { curve: Curve; path: string } {
  const out = side === 'r' ? 1 : -1;
  const x = out * Math.max(out * from.x, out * to.x) + out * trunkAway;
  const down = to.y > from.y ? corner : -corner;
  const path = [
    `M${from.x},${from.y}`,
    `L${x - out * corner},${from.y}`,
    `Q${x},${from.y} ${x},${from.y + down}`,
    `L${x},${to.y - down}`,
    `Q${x},${to.y} ${x - out * corner},${to.y}`,
    `L${to.x},${to.y}`,
  ];
  return {
    curve: [
      { x, y: from.y },
      { x, y: from.y },
      { x, y: to.y },
      { x, y: to.y },
    ],
    path: path.join(' '),
  };
}

export function ahead({ x, y }: Place, side: Side, far: number): Place {
  if (side === 'l' || side === 'r') return { x: side === 'r' ? x + far : x - far, y };
  return { x, y: side === 'b' ? y + far : y - far };
}

/** Pixels between two points of a curve that are looked at: no card is so small. */
const apart = 16;

/** Of some boxes those that the curve passes behind. */
export function passing(curve: Curve, boxes: readonly Box[]): Box[] {
  const across = curve.map((point) => point.x);
  const along = curve.map((point) => point.y);
  const [left, right] = [Math.min(...across), Math.max(...across)];
  const [top, bottom] = [Math.min(...along), Math.max(...along)];
  const near = boxes.filter(
    ({ x, y, width, height }) => x < right && x + width > left && y < bottom && y + height > top,
  );
  if (near.length === 0) return near;
  const samples = Math.ceil((right - left + bottom - top) / apart);
  const points = Array.from({ length: samples }, (_, step) => at(curve, step / samples));
  return near.filter(({ x, y, width, height }) =>
    points.some(
      (point) => point.x > x + 1 && point.x < x + width - 1 && point.y > y + 1 && point.y < y + height - 1,
    ),
  );
}

function at([a, b, c, d]: Curve, t: number): Place {
  const s = 1 - t;
  const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: p * a.x + q * b.x + r * c.x + u * d.x, y: p * a.y + q * b.y + r * c.y + u * d.y };
}
