import type { Element } from './model.ts';
import type { Place } from './place.ts';
import { type Box, boxOf, overlap } from './size.ts';

export interface Frame extends Box {
  /** The node that all in it is part of. */
  node: string;
}

const margin = 16;
/** At the top there is the frame's name too, if there is room. */
const margins = [28, margin];

/**
 * Around a node and what is inside it: its bridges, its namespaces, its containers, its pods. None is drawn where all
 * of the picture is inside, nor where a card of another node lies between: it would seem to be part of it too.
 */
export function framesOf(elements: readonly Element[], places: ReadonlyMap<string, Place>): Frame[] {
  const hosts = new Set(elements.flatMap((each) => (each.kind === 'card' ? (each.host ?? []) : [])));
  return [...hosts].flatMap((host) => {
    const inside = new Set(
      elements.flatMap((each) => (each.kind === 'card' && each.host === host ? [each.node] : [])),
    );
    const isWithin = ({ node }: Element) => node === host || inside.has(node);
    const others = elements.filter((each) => !isWithin(each)).map((each) => boxOf(each, places));
    if (others.length === 0) return [];
    const within = elements.filter(isWithin).map((each) => boxOf(each, places));
    const frame = margins
      .map((top) => frameAround(within, top))
      .find((each) => !others.some((other) => overlap(each, other)));
    return frame === undefined ? [] : [{ id: `frame ${host}`, node: host, ...frame }];
  });
}

function frameAround(boxes: readonly Box[], above: number): Omit<Box, 'id'> {
  const x = Math.min(...boxes.map((box) => box.x)) - margin;
  const y = Math.min(...boxes.map((box) => box.y)) - above;
  const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin;
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin;
  return { x, y, width: right - x, height: bottom - y };
}
