import { Position } from '@xyflow/react';
import { type Route, type Side, straightOn } from '../../core/picture/curve.ts';
import { type Element, type Picture, rowsOf } from '../../core/picture/model.ts';
import type { Place } from '../../core/picture/place.ts';
import { rowMiddles, sizeOf } from '../../core/picture/size.ts';
import type { Spot } from '../../core/picture/spot.ts';
import type { CardNode } from './card.tsx';
import { colourOf } from './colour.ts';
import type { Folded } from './fold.ts';
import { factKeys, rowKey } from './news.ts';
import type { WireEdge } from './wire.tsx';

export interface Drawing {
  picture: Picture;
  places: ReadonlyMap<string, Place>;
  titles: Record<string, string>;
  fresh: ReadonlySet<string>;
  spot: Spot | null;
  /** The session's nodes in the order of their colours. */
  order: readonly string[];
  hosts: Folded['hosts'];
  folded: Folded['folded'];
  /** The elements that a search found, and the one that it is at. */
  hits: ReadonlySet<string>;
  hit: string | null;
  /** The element whose node is open beside the picture. */
  subject: string | null;
}

/** The picture as React Flow takes it, with all sizes and the wires' ends: nothing waits to be measured. */
export function flowNodes(drawing: Drawing): CardNode[] {
  const { picture, places, titles, fresh, spot, order, hosts, folded, hits, hit, subject } = drawing;
  const carded = new Set(picture.elements.flatMap((each) => (each.kind === 'card' ? [each.node] : [])));
  return picture.elements.map((element) => {
    const size = sizeOf(element);
    return {
      id: element.id,
      type: element.kind,
      className: [
        hit === element.id ? 'hit at' : hits.has(element.id) ? 'hit' : '',
        subject === element.id ? 'subject' : '',
      ].join(' '),
      position: places.get(element.id) ?? { x: 0, y: 0 },
      ...size,
      measured: size,
      handles: ends(element, size),
      data: {
        element,
        title: titles[element.node] ?? '',
        colour: colourOf(element.node, order),
        fresh: freshIn(element, fresh),
        here: spot?.element === element.id ? spot.direction : null,
        hosts: hosts.get(element.id) ?? 0,
        folded: folded.has(element.id),
        alone: !carded.has(element.node),
      },
    };
  });
}

/** What is new of an element; of collapsed hosts those that have something new. */
function freshIn(element: Element, fresh: ReadonlySet<string>): string[] {
  if (fresh.size === 0) return [];
  if (element.kind === 'stack') {
    const changed = new Set([...fresh].map((key) => key.split(/[/#]/)[0]));
    return element.members.filter((member) => changed.has(member));
  }
  const keys = [element.id, ...rowsOf(element).map((row) => rowKey(element, row)), ...factKeys(element)];
  return keys.filter((key) => fresh.has(key));
}

interface Wiring extends Pick<Drawing, 'picture' | 'fresh' | 'spot' | 'order'> {
  routes: ReadonlyMap<string, Route>;
}

export function flowEdges({ picture, routes, fresh, spot, order }: Wiring): WireEdge[] {
  const nodeOf = new Map(picture.elements.map(({ id, node }) => [id, node]));
  return picture.wires.map((wire) => {
    const route = routes.get(wire.id) ?? straightOn;
    const [from, to] = route.sides;
    const [a, b] = wire.ends;
    // A cable into a switch has the colour of the node at its other end.
    const owner = a.element.startsWith('switch') ? b : a;
    return {
      id: wire.id,
      type: 'wire',
      ariaLabel: wire.id,
      source: a.element,
      target: b.element,
      sourceHandle: handle(a.row, from),
      targetHandle: handle(b.row, to),
      data: {
        wire,
        route,
        colour: colourOf(nodeOf.get(owner.element) ?? '', order),
        fresh: fresh.has(wire.id),
        spot: spot?.wire === wire.id ? spot : null,
      },
    };
  });
}

/** Returns the very same object for an unchanged element: React Flow then leaves it alone. */
export function reusing<T extends { id: string }>(): (next: T[]) => T[] {
  let known = new Map<string, { text: string; value: T }>();
  return (next) => {
    const now = new Map<string, { text: string; value: T }>();
    for (const value of next) {
      const text = JSON.stringify(value);
      const before = known.get(value.id);
      now.set(value.id, before?.text === text ? before : { text, value });
    }
    known = now;
    return [...now.values()].map(({ value }) => value);
  };
}

/** The possible ends of wires: either side of each interface, and the card's top and bottom. */
function ends(element: Element, { width, height }: { width: number; height: number }) {
  const end = (id: string, position: Position, x: number, y: number) =>
    ({ id, type: 'source', position, x, y, width: 0, height: 0 }) as const;
  return [
    end('t', Position.Top, width / 2, 0),
    end('b', Position.Bottom, width / 2, height),
    ...[...rowMiddles(element)].flatMap(([row, y]) => [
      end(`${row}|l`, Position.Left, 0, y),
      end(`${row}|r`, Position.Right, width, y),
    ]),
  ];
}

const handle = (row: string, side: Side) => (side === 't' || side === 'b' ? side : `${row}|${side}`);
