import { routesShown } from './badges.ts';
import { colourOf } from './colour.ts';
import { lineOf, type Route, type Side, straightOn } from './curve.ts';
import { framesOf } from './frames.ts';
import { type Element, type End, nameOf, type Picture, rowsOf, type Wire } from './model.ts';
import type { Place } from './place.ts';
import { pointOf, routesOf } from './routes.ts';
import { type Service, serviceBoxes } from './services.ts';
import { boxOf, rowMiddles, sizeOf } from './size.ts';
import type { Spot } from './spot.ts';

/** A picture as shapes, for whatever draws it without React Flow. */
export interface Sketch {
  width: number;
  height: number;
  /** Around a node and what is inside it. */
  frames: (Place & { width: number; height: number; name: string; colour: string })[];
  boxes: SketchBox[];
  services: (Place & Service & { width: number; height: number })[];
  wires: { path: string; colour: string; kind: Wire['kind']; state: Wire['state'] }[];
  /** The way of a packet along the wires; null without one. */
  motion: string | null;
}

interface SketchBox extends Place {
  kind: Element['kind'];
  width: number;
  height: number;
  name: string;
  node: string;
  /** The class of the node's colour. */
  colour: string;
  /** From the box's top. */
  rows: { y: number; name: string; addresses: string[] }[];
  notes: { y: number; text: string }[];
}

interface Drawn {
  picture: Picture;
  places: ReadonlyMap<string, Place>;
  /** The session's nodes in the order of their colours. */
  order: readonly string[];
  services?: readonly Service[];
  /** Where a packet was, in its order. */
  spots?: readonly Spot[];
}

const margin = 24;
const noteHeight = 22;

export function sketchOf({ picture, places, order, services = [], spots = [] }: Drawn): Sketch {
  const frames = framesOf(picture.elements, places);
  const cards = serviceBoxes(services, picture.elements, places);
  const corners = [
    ...frames,
    ...cards,
    ...picture.elements.map((element) => ({ ...sizeOf(element), ...placeOf(element.id) })),
  ];
  const left = Math.min(0, ...corners.map(({ x }) => x)) - margin;
  const right = Math.max(0, ...corners.map(({ x, width }) => x + width)) + margin + 44;
  const top = Math.min(0, ...corners.map(({ y }) => y)) - margin;
  const bottom = Math.max(0, ...corners.map(({ y, height }) => y + height)) + margin;
  const elements = new Map(picture.elements.map((element) => [element.id, element]));

  function placeOf(id: string): Place {
    return places.get(id) ?? { x: 0, y: 0 };
  }
  const routes = routesOf(picture, places);
  function path(wire: Wire, backwards = false): string {
    const route = routes.get(wire.id) ?? straightOn;
    const { sides, straight } = route;
    const ends = [end(wire.ends[0], sides[0]), end(wire.ends[1], sides[1])] as const;
    const [from, to] = backwards ? (ends.toReversed() as [Place, Place]) : ends;
    const turned = { ...route, sides: sides.toReversed(), straight: straight.toReversed() } as Route;
    return lineOf(from, to, backwards ? turned : route).path;
  }
  function end({ element: id, row }: End, side: Side): Place {
    const element = elements.get(id);
    if (element === undefined) return { x: 0, y: 0 };
    const { x, y } = pointOf({ element, box: boxOf(element, places) }, row, side);
    return { x: x - left, y: y - top };
  }
  const wires = new Map(picture.wires.map((wire) => [wire.id, wire]));
  const motion = spots.flatMap((spot) => {
    const wire = spot.wire === null ? undefined : wires.get(spot.wire);
    return wire ? [path(wire, spot.backwards)] : [];
  });
  return {
    width: Math.round(right - left),
    height: Math.round(bottom - top),
    frames: frames.map(({ node, x, y, width, height }) => ({
      ...{ x: x - left, y: y - top, width, height },
      name: node,
      colour: colourOf(node, order),
    })),
    boxes: picture.elements.map((element) => ({
      ...sizeOf(element),
      x: placeOf(element.id).x - left,
      y: placeOf(element.id).y - top,
      kind: element.kind,
      name: nameOf(element),
      node: element.node,
      colour: colourOf(element.node, order),
      rows: rowsOf(element).map(({ name, addresses }) => ({
        y: rowMiddles(element).get(name) ?? 0,
        name,
        addresses,
      })),
      notes: notesOf(element),
    })),
    services: services.flatMap((service, index) => {
      const box = cards[index];
      return box ? [{ ...box, ...service, x: box.x - left, y: box.y - top }] : [];
    }),
    wires: picture.wires.map((wire) => ({
      path: path(wire),
      colour: colourOf(ownerOf(wire, elements), order),
      kind: wire.kind,
      state: wire.state,
    })),
    motion: motion.length === 0 ? null : motion.join(' '),
  };
}

/** A cable into a switch has the colour of the node at its other end. */
function ownerOf({ ends: [a, b] }: Wire, elements: ReadonlyMap<string, Element>): string {
  return elements.get(a.element.startsWith('switch') ? b.element : a.element)?.node ?? '';
}

/** What a card's badges say, in lines. */
function notesOf(element: Element): { y: number; text: string }[] {
  if (element.kind !== 'card') return [];
  const { badges } = element;
  const { forwards, nat, rules, drops, sockets } = badges;
  const others = [
    ...(forwards === null ? [] : [forwards === 'IPv6' ? 'IPv6 forwarding' : 'ip_forward']),
    ...(nat ? ['NAT'] : []),
    ...(rules > 0 ? [`iptables: ${rules}`] : []),
    ...drops.map((chain) => `${chain} DROP`),
    ...sockets.slice(0, 2),
  ];
  const { shown, more } = routesShown(badges);
  const lines = [
    ...shown.flatMap(([to = '', ...gateway]) => [to, ...gateway.map((line) => `  ${line}`)]),
    ...(more > 0 ? [`+${more}`] : []),
    ...(others.length > 0 ? [others.join(' · ')] : []),
  ];
  const { height } = sizeOf(element);
  return lines.map((text, index) => ({ y: height - 6 - (lines.length - index - 0.5) * noteHeight, text }));
}
