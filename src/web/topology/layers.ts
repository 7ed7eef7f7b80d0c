import type { Picture } from './model.ts';

type Cell = [number, number];

/** Most cards one above the other; a wider layer takes more columns. */
const tallest = 8;

/** Without a lab's view: in layers from the element farthest away, each ordered by its neighbours. */
export function layers({ elements, wires }: Picture): Map<string, Cell> {
  const near = new Map<string, string[]>(elements.map(({ id }) => [id, []]));
  for (const { ends } of wires) {
    near.get(ends[0].element)?.push(ends[1].element);
    near.get(ends[1].element)?.push(ends[0].element);
  }
  const cells = new Map<string, Cell>();
  let column = 0;
  const apart = elements.filter(({ id }) => near.get(id)?.length === 0).map(({ id }) => id);
  for (const { id } of elements) {
    if (cells.has(id) || apart.includes(id)) continue;
    const found = distances(near, farthest(near, farthest(near, id)));
    for (const layer of grouped(found)) {
      layer.sort((one, other) => height(one, near, cells) - height(other, near, cells));
      for (let from = 0; from < layer.length; from += tallest) {
        const part = layer.slice(from, from + tallest);
        const top = Math.max(0, (tallest - part.length) / 2);
        part.forEach((each, row) => {
          cells.set(each, [column, row + top]);
        });
        column += 1;
      }
    }
  }
  apart.forEach((id, index) => {
    cells.set(id, [index % Math.max(3, column), tallest + Math.floor(index / Math.max(3, column))]);
  });
  return raised(cells);
}

function distances(near: Map<string, string[]>, from: string): Map<string, number> {
  const found = new Map([[from, 0]]);
  const queue = [from];
  for (const id of queue) {
    for (const next of near.get(id) ?? []) {
      if (found.has(next)) continue;
      found.set(next, (found.get(id) ?? 0) + 1);
      queue.push(next);
    }
  }
  return found;
}

function farthest(near: Map<string, string[]>, from: string): string {
  return [...distances(near, from)].reduce((most, each) => (each[1] > most[1] ? each : most), [from, 0] as [
    string,
    number,
  ])[0];
}

function grouped(found: Map<string, number>): string[][] {
  const groups: string[][] = [];
  for (const [id, distance] of found) groups[distance] = [...(groups[distance] ?? []), id];
  return groups;
}

/** The mean row of an element's neighbours that have a place. */
function height(id: string, near: Map<string, string[]>, cells: Map<string, Cell>): number {
  const rows = (near.get(id) ?? []).flatMap((each) => cells.get(each)?.[1] ?? []);
  return rows.reduce((sum, row) => sum + row, 0) / Math.max(1, rows.length);
}

/** From the first row that is used. */
function raised(cells: Map<string, Cell>): Map<string, Cell> {
  const first = Math.floor(Math.min(...[...cells.values()].map(([, row]) => row)));
  return new Map(
    [...cells].map(([id, [column, row]]) => [id, [column, row - (Number.isFinite(first) ? first : 0)]]),
  );
}
