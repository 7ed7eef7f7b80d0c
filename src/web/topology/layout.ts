import { layers } from './layers.ts';
import { cardId, type Element, type Picture } from './model.ts';
import { sizeOf } from './size.ts';

export interface Place {
  x: number;
  y: number;
}

type Cell = [number, number];

const columnWidth = 334;
const gap = 30;

/** The position of every element: nodes by the lab's `view`, else in layers. */
export function layout(picture: Picture, view: Record<string, Cell>): Map<string, Place> {
  // A tunnel lies over the cables: it moves nothing.
  const laid = { ...picture, wires: picture.wires.filter(({ kind }) => kind !== 'tunnel') };
  const cells = Object.keys(view).length > 0 ? viewed(laid, view) : layers(laid);
  const places = new Map<string, Place>();
  const tops = rowTops(picture.elements, cells);
  for (const element of picture.elements) {
    const [column, row] = cells.get(element.id) ?? [0, 0];
    const { width, height } = sizeOf(element);
    const below = Math.floor(row);
    const start = middle(tops, below);
    const y = start + (row - below) * (middle(tops, below + 1) - start);
    places.set(element.id, { x: column * columnWidth - width / 2, y: y - height / 2 });
  }
  return apart(picture.elements, places);
}

/**
 * Bridges stand under the node they are part of: its cables come to them from either side. Elements that the
 * view does not name (containers, pods) stand below, in the column of the node that they are wired to.
 */
function viewed({ elements, wires }: Picture, view: Record<string, Cell>): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  const nodeOf = new Map(elements.map(({ id, node }) => [id, node]));
  const below = Math.max(...Object.values(view).map(([, row]) => row)) + 1;
  const taken = new Map<number, number>();
  const columnOf = (id: string): number => {
    for (const { ends } of wires) {
      const [one, other] = ends.map(({ element }) => element) as [string, string];
      if (one !== id && other !== id) continue;
      const near = view[nodeOf.get(one === id ? other : one) ?? ''];
      if (near) return near[0];
    }
    return 0;
  };
  for (const { id, kind, node } of elements) {
    if (kind !== 'card') continue;
    const seen = view[node];
    const column = seen?.[0] ?? columnOf(id);
    const rows = taken.get(column) ?? 0;
    cells.set(id, seen ?? [column, below + rows]);
    if (seen === undefined) taken.set(column, rows + 1);
  }
  for (const element of elements) {
    if (element.kind !== 'switch') continue;
    const [column, row] = cells.get(cardId(element.node)) ?? [0, 0];
    cells.set(element.id, [column, row + 0.4]);
  }
  return cells;
}

interface Band {
  top: number;
  height: number;
}

/** One band per row of cells, as high as the highest card in it. */
function rowTops(elements: Element[], cells: Map<string, Cell>): Band[] {
  const heights: number[] = [];
  for (const element of elements) {
    const row = cells.get(element.id)?.[1] ?? 0;
    if (Number.isInteger(row)) heights[row] = Math.max(heights[row] ?? 0, sizeOf(element).height);
  }
  const bands: Band[] = [];
  let top = 0;
  for (let row = 0; row < heights.length; row += 1) {
    const height = heights[row] ?? 40;
    bands.push({ top, height });
    top += height + gap;
  }
  return bands;
}

function middle(bands: Band[], row: number): number {
  const band = bands[Math.min(row, bands.length - 1)];
  return band ? band.top + band.height / 2 : 0;
}

/** Pushes elements down that would lie over others. */
function apart(elements: Element[], places: Map<string, Place>): Map<string, Place> {
  const boxes = elements.map((element) => ({
    ...sizeOf(element),
    place: places.get(element.id) ?? { x: 0, y: 0 },
  }));
  boxes.sort((one, other) => one.place.y - other.place.y);
  for (const [index, box] of boxes.entries()) {
    for (const above of boxes.slice(0, index)) {
      const beside =
        box.place.x > above.place.x + above.width + 20 || above.place.x > box.place.x + box.width + 20;
      const floor = above.place.y + above.height + gap;
      if (!beside && box.place.y < floor) box.place.y = floor;
    }
  }
  return places;
}
