import { cardId, type Picture, rowsOf } from '../../core/picture/model.ts';
import type { Crossing, Flow } from '../state/protocol-types.ts';

/** A packet on a wire of the picture. */
export interface Run {
  wire: string;
  /** Against the order of the wire's ends. */
  backwards: boolean;
  protocol: string;
  direction: Crossing['direction'];
  packets: number;
  /** The place in its flow's order. */
  turn: number;
}

/** Where packets end that should have gone on. */
interface Halt {
  element: string;
  turn: number;
}

/** What a sample's packets do on the picture: along which wires, in which order, and where they end. */
export function runsOf(
  crossings: readonly Crossing[],
  flows: ReadonlyMap<number, Flow>,
  picture: Picture,
): { runs: Run[]; halts: Halt[] } {
  const turns = new Map<number, number>();
  const runs: Run[] = [];
  const halts = new Map<number, Halt>();
  for (const crossing of crossings) {
    const flow = flows.get(crossing.flow);
    const found = wireOf(crossing, picture);
    if (flow === undefined || flow.own || found === null) continue;
    const turn = turns.get(flow.number) ?? 0;
    turns.set(flow.number, turn + 1);
    const { direction, packets } = crossing;
    runs.push({ ...found, protocol: flow.protocol, direction, packets, turn });
    const halt = haltOf(flow, picture);
    if (halt !== null) halts.set(flow.number, { element: halt, turn: turn + 1 });
  }
  return { runs, halts: [...halts.values()] };
}

/** The element where a flow's packets end, if they should not. */
export function haltOf({ verdict, where }: Flow, picture: Picture): string | null {
  if (where === null || verdict === 'under-way' || verdict === 'answered') return null;
  const element = picture.elements.find(
    (each) => each.node === where.node && rowsOf(each).some(({ name }) => name === where.link),
  );
  return element?.id ?? cardId(where.node);
}

/** Packets leave by the end of a cable; a bridge's own interface is passed in both ways. */
function wireOf({ node, link, way }: Crossing, picture: Picture): Pick<Run, 'wire' | 'backwards'> | null {
  const nodeOf = new Map(picture.elements.map((each) => [each.id, each.node]));
  for (const { id, kind, ends } of picture.wires) {
    const end = ends.findIndex(({ element, row }) => row === link && nodeOf.get(element) === node);
    if (end < 0) continue;
    if (kind === 'inside') return { wire: id, backwards: way === 'out' };
    return way === 'out' ? { wire: id, backwards: end === 1 } : null;
  }
  return null;
}
