import type { TracedPath } from '../path/recording/hop.ts';
import { cardId, type Picture } from './model.ts';
import type { Spot } from './spot.ts';

export type Path = TracedPath;
export type Packet = Path['packets'][number];
export type Hop = Packet['hops'][number];
export type Upstream = Path['upstream'][number];

/** One event of the path: a node asks for the owner of an address, or a packet is at a node. */
export type PacketEvent = {
  packet: Packet;
  hop: Hop;
  /** Whose connection begins with it. */
  opens: Upstream | null;
} & ({ kind: 'hop' } | { kind: 'question' });

/** All that happened, in the order it did. A node that has to ask does so before it sends. */
export function eventsOf(path: Path): PacketEvent[] {
  return [...eventsIn(path.packets, null), ...path.upstream.flatMap((each) => eventsIn(each.packets, each))];
}

function eventsIn(packets: readonly Packet[], upstream: Upstream | null): PacketEvent[] {
  const first = packets.find(({ hops }) => hops.length > 0)?.hops[0];
  return packets.flatMap((packet) =>
    packet.hops.flatMap((hop): PacketEvent[] => {
      const here: PacketEvent = { kind: 'hop', packet, hop, opens: hop === first ? upstream : null };
      return hop.resolution ? [here, { kind: 'question', packet, hop, opens: null }] : [here];
    }),
  );
}

/** `172.17.0.2:80` */
export const endpointOf = ({ to, port }: Upstream): string =>
  to.includes(':') ? `[${to}]:${port}` : `${to}:${port}`;

export function spotOf(event: PacketEvent, number: number, picture: Picture): Spot {
  const { node, layer } = event.hop;
  const spot = { number, direction: directionOf(event), element: cardId(node), wire: null, backwards: false };
  const asks = event.kind === 'question';
  const link = asks ? (event.hop.out ?? event.hop.resolution?.link) : event.hop.in;
  const nodeOf = new Map(picture.elements.map(({ id, node }) => [id, node]));
  for (const { id, ends } of picture.wires) {
    const end = ends.findIndex(({ element, row }) => row === link && nodeOf.get(element) === node);
    if (end < 0) continue;
    const element = layer === 'bridge' ? (ends[end]?.element ?? spot.element) : spot.element;
    // It comes in at its own end; a question goes out there.
    return { ...spot, element, wire: id, backwards: (end === 0) !== asks };
  }
  return spot;
}

export const directionOf = (event: PacketEvent): Spot['direction'] =>
  event.kind === 'question' ? 'question' : event.packet.direction;
