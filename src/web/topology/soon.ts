import { noBadges } from '../../core/picture/badges.ts';
import {
  type Card,
  cardId,
  type Element,
  type End,
  type Picture,
  type Row,
  type Switch,
  switchId,
  type Wire,
} from '../../core/picture/model.ts';
import { type Preview, previewOf } from '../../core/plan/preview.ts';
import type { Step } from '../state/protocol-types.ts';

/**
 * Adds, as outlines, the things that the step's solution will make and that are not there: nodes, switches,
 * cables, addresses.
 */
export function withSoon(picture: Picture, step: Step | undefined): Picture {
  const elements = picture.elements.map((element) => ({ ...element, rows: [...element.rows] }));
  const wires = [...picture.wires];
  const plan = previewOf(step?.solution ?? []);
  const machine =
    picture.elements.find((each) => each.kind === 'card' && each.nodeKind === 'machine')?.node ?? null;

  const card = (node: string): Card => {
    const known = elements.find((each): each is Card => each.kind === 'card' && each.node === node);
    if (known) return known;
    const made: Card = {
      kind: 'card',
      id: cardId(node),
      node,
      nodeKind: 'netns',
      host: machine,
      rows: [],
      badges: noBadges,
      soon: true,
    };
    elements.push(made);
    return made;
  };
  const bridge = (node: string, name: string): Switch => {
    const known = elements.find((each): each is Switch => each.id === switchId(node, name));
    if (known) return known;
    const id = switchId(node, name);
    const made: Switch = { kind: 'switch', id, node, name, own: soonRow(name), rows: [], soon: true };
    elements.push(made);
    const ends: [End, End] = [
      { element: id, row: name },
      { element: card(node).id, row: '' },
    ];
    wires.push({ id: `inside ${id}`, kind: 'inside', ends, state: 'down', soon: true });
    return made;
  };

  for (const node of plan.nodes) card(node);
  for (const { node, name } of plan.bridges) bridge(node, name);
  for (const [one, other] of plan.pairs) {
    const places = [one, other].map(({ node, name, master }) => ({
      element: master ? bridge(node, master) : card(node),
      name,
    }));
    const exists = picture.elements.some(({ rows }) =>
      rows.some(({ name }) => name === one.name || name === other.name),
    );
    if (exists) continue;
    for (const { element, name } of places) element.rows.push(soonRow(name));
    const ends = places.map(({ element, name }) => ({ element: element.id, row: name })) as Wire['ends'];
    wires.push({ id: `soon ${one.name} ${other.name}`, kind: 'cable', ends, state: 'down', soon: true });
  }
  return { elements: elements.map((element) => withAddresses(element, plan)), wires };
}

/** With the addresses its interfaces are to get, and have not yet. */
function withAddresses<E extends Element>(element: E, { addresses }: Preview): E {
  const added = (row: Row): Row => {
    const planned = addresses
      .filter(({ node, name, address }) => {
        return node === element.node && name === row.name && !row.addresses.includes(address);
      })
      .map(({ address }) => address);
    return planned.length === 0 ? row : { ...row, addresses: [...row.addresses, ...planned], planned };
  };
  const own = element.kind === 'switch' ? { own: added(element.own) } : {};
  return { ...element, ...own, rows: element.rows.map(added) };
}

const soonRow = (name: string): Row => ({ name, state: 'down', addresses: [], planned: [], soon: true });
