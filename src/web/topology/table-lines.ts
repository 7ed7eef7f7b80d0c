import { type Picture, rowsOf } from '../../core/picture/model.ts';
import type { Words } from '../../words/en/page.ts';
import type { Observation } from '../state/protocol-types.ts';
import { rowKey } from './news.ts';

/** A line of the table: an interface, there or about to be. */
export interface Line {
  name: string;
  kind: string;
  state: string;
  addresses: { text: string; soon: boolean }[];
  joined: string[];
  soon: boolean;
  fresh: boolean;
}

interface Seen {
  picture: Picture;
  observation: Observation;
  fresh: ReadonlySet<string>;
}

const nothing: Line = { name: '', kind: '', state: '', addresses: [], joined: [], soon: true, fresh: false };

/** The interfaces of a node: those there are, with all the kernel says, then those the step will make. */
export function linesOf(
  node: string,
  { picture, observation, fresh }: Seen,
  network: Words['network'],
): Line[] {
  const rows = picture.elements
    .filter((element) => element.node === node)
    .flatMap((element) => rowsOf(element).map((row) => ({ element, row })));
  const there = (observation.nodes[node]?.links ?? []).map((link): Line => {
    const drawn = rows.find(({ row }) => row.name === link.name);
    return {
      name: link.name,
      kind: link.kind === 'bridge' ? network.bridge : link.kind,
      state: !link.up ? network.down : link.carrier ? network.up : network.noCarrier,
      addresses: [
        ...link.addresses.map(({ address, prefix }) => ({ text: `${address}/${prefix}`, soon: false })),
        ...(drawn?.row.planned ?? []).map((text) => ({ text, soon: true })),
      ],
      joined: [
        ...(link.peer ? [`${link.peer.node}:${link.peer.link}`] : []),
        ...(link.master ? [`${network.port}: ${link.master}`] : []),
      ],
      soon: false,
      fresh: drawn !== undefined && fresh.has(rowKey(drawn.element, drawn.row)),
    };
  });
  const planned = rows
    .filter(({ row }) => row.soon)
    .map(({ element, row }): Line => {
      const isBridge = element.kind === 'switch' && element.own === row;
      return {
        name: row.name,
        kind: isBridge ? network.bridge : 'veth',
        state: network.soon,
        addresses: row.addresses.map((text) => ({ text, soon: true })),
        joined: otherEnd(picture, element.id, row.name),
        soon: true,
        fresh: false,
      };
    });
  const all = [...there, ...planned];
  return all.length > 0 ? all : [nothing];
}

function otherEnd({ wires, elements }: Picture, element: string, row: string): string[] {
  return wires.flatMap(({ kind, ends }) => {
    const at = kind !== 'inside' ? ends.findIndex((end) => end.element === element && end.row === row) : -1;
    const other = at < 0 ? undefined : ends[1 - at];
    const node = elements.find(({ id }) => id === other?.element)?.node;
    return other && node ? [`${node}:${other.row}`] : [];
  });
}
