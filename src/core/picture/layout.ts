import { beside } from './beside.ts';
import type { Card, Element, Picture, Switch } from './model.ts';
import type { Place } from './place.ts';
import { columnWidth, sizeOf } from './size.ts';
import { tree } from './tree.ts';

type Cell = [column: number, row: number];
type View = Record<string, Cell>;

const gap = 30;
/** More of it above a node with a frame: its edge and its name lie there. */
const frameGap = 32;

/** The position of every element: nodes and bridges by the lab's `view`, else as a tree. */
export function layout(picture: Picture, view: View): Map<string, Place> {
  // A tunnel lies over the cables: it moves nothing.
  const laid = { ...picture, wires: picture.wires.filter(({ kind }) => kind !== 'tunnel') };
  return Object.keys(view).length > 0 ? viewed(laid, view) : tree(laid);
}

/**
 * Bridges stand under the node they are part of: its cables come to them from either side. What the view does not name
 * stands below the node that it is wired to, or left of it if it is inside of it and there is nothing else.
 */
function viewed(picture: Picture, view: View): Map<string, Place> {
  const { elements, wires } = picture;
  const cells = new Map<string, Cell>();
  const nodeOf = new Map(elements.map(({ id, node }) => [id, node]));
  const cards = elements.filter((each): each is Card => each.kind === 'card');
  const switches = elements.filter((each): each is Switch => each.kind === 'switch');
  const cardOf = new Map(cards.map(({ node, id }) => [node, id]));
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
  const under = (column: number): Cell => {
    const rows = taken.get(column) ?? 0;
    taken.set(column, rows + 1);
    return [column, below + rows];
  };

  const hosts = new Map(cards.map(({ node, host }) => [node, host]));
  /** Left of it there is nothing, or only what is inside of it too. */
  const isOpen = (host: string): boolean => {
    const [column] = view[host] ?? [0];
    return Object.entries(view).every(
      ([node, [at]]) => at >= column || (at === column - 1 && hosts.get(node) === host),
    );
  };
  const aside: Card[] = [];
  for (const card of cards) {
    const seen = view[card.node];
    const host = card.host ?? '';
    if (seen) cells.set(card.id, seen);
    else if (card.nodeKind !== 'pod' && view[host] && isOpen(host)) aside.push(card);
    else cells.set(card.id, under(columnOf(card.id)));
  }
  const hung: Switch[] = [];
  for (const each of switches) {
    const seen = view[each.name];
    if (seen) cells.set(each.id, seen);
    else if (cardOf.has(each.node)) hung.push(each);
    else cells.set(each.id, under(columnOf(each.id)));
  }
  for (const each of elements) {
    if (each.kind !== 'stack') continue;
    cells.set(each.id, view[each.nodes[0] ?? ''] ?? under(columnOf(each.id)));
  }

  const standing = elements.filter(({ id }) => cells.has(id));
  const places = inCells(standing, cells);
  const bottoms = new Map(cards.map(({ id, node }) => [node, bottomOf(id)]));
  function bottomOf(id: string): { x: number; y: number } {
    const element = elements.find((each) => each.id === id);
    const { x, y } = places.get(id) ?? { x: 0, y: 0 };
    return { x, y: y + (element ? sizeOf(element).height : 0) };
  }
  for (const each of hung) {
    const bottom = bottoms.get(each.node) ?? { x: 0, y: 0 };
    places.set(each.id, { x: bottom.x, y: bottom.y + gap });
    bottoms.set(each.node, { x: bottom.x, y: bottom.y + gap + sizeOf(each).height });
  }
  const settled = apart([...standing, ...hung], places, (each) =>
    each.kind === 'switch' && hung.includes(each) ? cardOf.get(each.node) : undefined,
  );
  return beside(picture, aside, settled);
}

function inCells(elements: readonly Element[], cells: ReadonlyMap<string, Cell>): Map<string, Place> {
  const bands = bandsOf(elements, cells);
  return new Map(
    elements.map((element) => {
      const [column, row] = cells.get(element.id) ?? [0, 0];
      const { width, height } = sizeOf(element);
      const below = Math.floor(row);
      const start = middle(bands, below);
      const y = start + (row - below) * (middle(bands, below + 1) - start);
      return [element.id, { x: column * columnWidth - width / 2, y: y - height / 2 }];
    }),
  );
}

interface Band {
  top: number;
  height: number;
}

/** One band per row of cells, as high as the highest card in it. */
function bandsOf(elements: readonly Element[], cells: ReadonlyMap<string, Cell>): Band[] {
  const heights: number[] = [];
  const framed: boolean[] = [];
  const isFramed = framedIn(elements);
  for (const element of elements) {
    const row = cells.get(element.id)?.[1] ?? 0;
    if (Number.isInteger(row)) heights[row] = Math.max(heights[row] ?? 0, sizeOf(element).height);
    if (isFramed(element)) framed[Math.floor(row)] = true;
  }
  const bands: Band[] = [];
  let top = 0;
  for (let row = 0; row < heights.length; row += 1) {
    const height = heights[row] ?? 40;
    if (row > 0 && framed[row]) top += frameGap;
    bands.push({ top, height });
    top += height + gap;
  }
  return bands;
}

function middle(bands: Band[], row: number): number {
  const band = bands[Math.min(row, bands.length - 1)];
  return band ? band.top + band.height / 2 : 0;
}

/**
 * Pushes elements down that would lie over others. A bridge stays with the card above it: what comes next in the view
 * gives way to both.
 */
function apart(
  elements: readonly Element[],
  places: Map<string, Place>,
  cardOver: (element: Element) => string | undefined,
): Map<string, Place> {
  const placeOf = (id: string) => places.get(id) ?? { x: 0, y: 0 };
  const isFramed = framedIn(elements);
  const boxes = elements.map((element) => {
    const place = placeOf(element.id);
    const from = placeOf(cardOver(element) ?? element.id).y;
    const above = gap + (isFramed(element) ? frameGap : 0);
    return { ...sizeOf(element), place, from, y: place.y, above };
  });
  boxes.sort((one, other) => one.from - other.from || one.y - other.y);
  for (const [index, box] of boxes.entries()) {
    for (const above of boxes.slice(0, index)) {
      const beside =
        box.place.x > above.place.x + above.width + 20 || above.place.x > box.place.x + box.width + 20;
      const floor = above.place.y + above.height + box.above;
      if (!beside && box.place.y < floor) box.place.y = floor;
    }
  }
  return places;
}

/** Whether an element is the card of a node with others inside: a frame begins above it. */
function framedIn(elements: readonly Element[]): (element: Element) => boolean {
  const hosts = new Set(elements.flatMap((each) => (each.kind === 'card' ? (each.host ?? []) : [])));
  return ({ kind, node }) => kind === 'card' && hosts.has(node);
}
