import { type Element, type Picture, rowsOf } from './model.ts';
import type { Place } from './place.ts';
import { columnWidth, rowMiddles, sizeOf } from './size.ts';

const gap = 22;
/** Between cards one above the other, so wide that a cable can be seen between them. */
const lane = 34;
/** From here on branches stand two beside each other, the cable of the outer one below the inner one. */
const many = 10;

/** What hangs on one side of an element: places from the block's top, and columns from the element. */
interface Block {
  height: number;
  places: { id: string; column: number; y: number }[];
}

/** Every element between its neighbours: the middle of the network in the middle, and its branches left and right. What has no cable stands below. */
export function tree({ elements, wires }: Picture): Map<string, Place> {
  const known = new Map(elements.map((each) => [each.id, each]));
  const near = neighboursIn(elements, wires);
  const parents = new Map<string, string>();
  const places = new Map<string, Place>();
  let top = 0;
  const alone = elements.filter(({ id }) => (near.get(id) ?? []).length === 0);
  for (const { id } of elements) {
    if (places.has(id) || (near.get(id) ?? []).length === 0) continue;
    const root = middleOf(near, id);
    const branches = childrenFrom(near, root);
    for (const [parent, ids] of branches) for (const child of ids) parents.set(child, parent);
    const block = branch(root);
    const reach = setBoth(root, block.left, block.right, top);
    top = reach + 3 * gap;

    function branch(from: string): { left: Block; right: Block } {
      const sides: [string[], string[]] = [[], []];
      const heights = [0, 0];
      for (const child of branches.get(from) ?? []) {
        const height = hanging(child).height;
        const side = (heights[0] ?? 0) <= (heights[1] ?? 0) ? 0 : 1;
        sides[side].push(child);
        heights[side] = (heights[side] ?? 0) + height + gap;
      }
      return { left: stacked(sides[0]), right: stacked(sides[1]) };
    }
    /** An element with all that hangs on it, on one side. */
    function hanging(at: string): Block {
      const size = heightOf(at);
      const under = stacked(branches.get(at) ?? []);
      const height = Math.max(size, under.height);
      const shift = (height - under.height) / 2;
      return {
        height,
        places: [
          { id: at, column: 0, y: (height - size) / 2 },
          ...under.places.map((each) => ({ ...each, column: each.column + 1, y: each.y + shift })),
        ],
      };
    }
    function stacked(ids: readonly string[]): Block {
      const blocks = ids.map(hanging);
      if (blocks.length >= many) return comb(blocks);
      let y = 0;
      const set: Block['places'] = [];
      for (const each of blocks) {
        set.push(...each.places.map((place) => ({ ...place, y: place.y + y })));
        y += each.height + gap;
      }
      return { height: Math.max(0, y - gap), places: set };
    }
  }
  const left = Math.min(0, ...[...places.values()].map(({ x }) => x));
  const right = Math.max(0, ...[...places.values()].map(({ x }) => x));
  const columns = Math.max(
    3,
    Math.round((right - left) / columnWidth) + 1,
    Math.ceil(Math.sqrt(alone.length)),
  );
  for (let from = 0; from < alone.length; from += columns) {
    const row = alone.slice(from, from + columns);
    row.forEach(({ id }, at) => {
      places.set(id, { x: left + at * columnWidth, y: top });
    });
    top += Math.max(...row.map(({ id }) => heightOf(id))) + gap;
  }
  return places;

  function heightOf(id: string): number {
    const element = known.get(id);
    return element ? sizeOf(element).height : 0;
  }
  /** Two beside each other: the outer one has its cable in the lane below the inner one. */
  function comb(blocks: readonly Block[]): Block {
    const set: Block['places'] = [];
    const wide = 1 + Math.max(...blocks.flatMap((block) => block.places.map(({ column }) => column)));
    let inside = 0;
    let outside = 0;
    for (let at = 0; at < blocks.length; at += 2) {
      const [inner, outer] = [blocks[at], blocks[at + 1]];
      if (inner) set.push(...inner.places.map((each) => ({ ...each, y: each.y + inside })));
      inside += (inner?.height ?? 0) + lane;
      if (outer === undefined) continue;
      const [root] = outer.places;
      const cable = (root?.y ?? 0) + cableMiddle(root?.id ?? '');
      const y = Math.max(outside, inside - lane / 2 - cable);
      set.push(...outer.places.map((each) => ({ ...each, column: each.column + wide, y: each.y + y })));
      inside = y + cable + lane / 2;
      outside = y + outer.height + gap;
    }
    return { height: Math.max(inside, outside), places: set };
  }
  /** From an element's top to the end of its cable to the parent. */
  function cableMiddle(id: string): number {
    const element = known.get(id);
    const parent = parents.get(id);
    const ends = wires.find(({ ends: [a, b] }) =>
      [a, b].every(({ element: at }) => at === id || at === parent),
    )?.ends;
    const row = ends?.find(({ element: at }) => at === id)?.row ?? '';
    return (element && rowMiddles(element).get(row)) ?? 0;
  }
  function setBoth(root: string, left: Block, right: Block, from: number): number {
    const height = Math.max(heightOf(root), left.height, right.height);
    const set = (block: Block, way: 1 | -1) => {
      for (const { id, column, y } of block.places) {
        places.set(id, { x: way * (column + 1) * columnWidth, y: from + (height - block.height) / 2 + y });
      }
    };
    places.set(root, { x: 0, y: from + (height - heightOf(root)) / 2 });
    set(left, -1);
    set(right, 1);
    return from + height;
  }
}

/** Of each element its neighbours, in the order of its interfaces. */
function neighboursIn(elements: readonly Element[], wires: Picture['wires']): Map<string, string[]> {
  const found = new Map(elements.map((each) => [each.id, [] as { id: string; row: number }[]]));
  const rows = new Map(
    elements.map((each) => [each.id, new Map(rowsOf(each).map(({ name }, index) => [name, index]))]),
  );
  for (const { ends } of wires) {
    for (const [one, other] of [ends, ends.toReversed()] as [typeof ends, typeof ends]) {
      found.get(one.element)?.push({ id: other.element, row: rows.get(one.element)?.get(one.row) ?? -1 });
    }
  }
  return new Map(
    [...found].map(([id, all]) => [
      id,
      all.toSorted((one, other) => one.row - other.row).map((each) => each.id),
    ]),
  );
}

/** The element in the middle of the longest path. */
function middleOf(near: ReadonlyMap<string, string[]>, from: string): string {
  const one = walk(near, from).at(-1)?.id ?? from;
  const path = walk(near, one);
  const before = new Map(path.map(({ id, parent }) => [id, parent]));
  let at = path.at(-1)?.id ?? from;
  for (let steps = Math.floor((path.at(-1)?.depth ?? 0) / 2); steps > 0; steps -= 1)
    at = before.get(at) ?? at;
  return at;
}

function childrenFrom(near: ReadonlyMap<string, string[]>, root: string): Map<string, string[]> {
  const children = new Map<string, string[]>();
  for (const { id, parent } of walk(near, root)) {
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  return children;
}

/** All that can be reached, the nearest first. */
function walk(near: ReadonlyMap<string, string[]>, from: string) {
  const found: { id: string; parent: string | null; depth: number }[] = [
    { id: from, parent: null, depth: 0 },
  ];
  const seen = new Set([from]);
  for (const { id, depth } of found) {
    for (const next of near.get(id) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      found.push({ id: next, parent: id, depth: depth + 1 });
    }
  }
  return found;
}
