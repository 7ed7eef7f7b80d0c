import type { Card, Element, Picture, Stack, Switch, Wire } from '../../core/picture/model.ts';

/** From here on, switches with many hosts are collapsed until somebody opens them. */
const large = 60;
const many = 12;

export interface Folded {
  picture: Picture;
  /** How many hosts each switch has that can be collapsed. */
  hosts: ReadonlyMap<string, number>;
  /** The switches whose hosts are. */
  folded: ReadonlySet<string>;
  /** Element or wire that is not drawn -> the one that stands for it. */
  standIns: ReadonlyMap<string, string>;
  /** Wires that their stand-in runs against. */
  turned: ReadonlySet<string>;
}

/** Where a packet on a wire is drawn. */
export function wayOf(
  { standIns, turned }: Pick<Folded, 'standIns' | 'turned'>,
  { wire, backwards }: { wire: string; backwards: boolean },
): { wire: string; backwards: boolean } {
  return { wire: standIns.get(wire) ?? wire, backwards: backwards !== turned.has(wire) };
}

/** With the hosts of a switch drawn as one stack, where `chosen` says so, or by itself in a large network. */
export function fold(picture: Picture, chosen: Readonly<Record<string, boolean>>): Folded {
  const groups = hostsOfSwitches(picture);
  const isLarge = picture.elements.length > large;
  const folded = [...groups].filter(([id, cards]) => chosen[id] ?? (isLarge && cards.length >= many));
  const standIns = new Map<string, string>();
  const switches = new Map(picture.elements.map((each) => [each.id, each]));
  const stacks = folded.flatMap(([id, cards]) => {
    const owner = switches.get(id);
    return owner?.kind === 'switch' ? [stackOf(owner, cards)] : [];
  });
  for (const stack of stacks) for (const member of stack.members) standIns.set(member, stack.id);
  const turned = new Set<string>();
  const bundles = new Map<string, Wire>();
  const wires = picture.wires.flatMap((wire) => {
    const at = wire.ends.findIndex(({ element }) => standIns.has(element));
    const hub = wire.ends[1 - at];
    const stack = standIns.get(wire.ends[at]?.element ?? '');
    if (stack === undefined || hub === undefined) return [wire];
    const id = `bundle ${hub.element}`;
    standIns.set(wire.id, id);
    if (at === 1) turned.add(wire.id);
    const before = bundles.get(id);
    const state = wire.state === 'up' || before?.state === 'up' ? 'up' : 'down';
    bundles.set(id, {
      ...{ id, kind: 'bundle', state, soon: false },
      ends: [
        { element: stack, row: '' },
        { element: hub.element, row: '' },
      ],
    });
    return [];
  });
  const gone = new Set(
    picture.wires.filter(({ id }) => standIns.has(id)).flatMap(({ ends }) => ends.map(key)),
  );
  const elements = picture.elements.flatMap((each): Element[] => {
    if (standIns.has(each.id)) return [];
    if (each.kind !== 'switch') return [each];
    return [
      { ...each, rows: each.rows.filter(({ name }) => !gone.has(key({ element: each.id, row: name }))) },
    ];
  });
  return {
    picture: { elements: [...elements, ...stacks], wires: [...wires, ...bundles.values()] },
    hosts: new Map([...groups].map(([id, cards]) => [id, cards.length])),
    folded: new Set(folded.map(([id]) => id)),
    ...{ standIns, turned },
  };
}

const key = ({ element, row }: { element: string; row: string }) => `${element}/${row}`;

/** Fewer are not worth it. */
const fewest = 4;

/** The cards that have one cable and nothing else, by the switch that it leads to. What forwards packets is no host. */
function hostsOfSwitches({ elements, wires }: Picture): Map<string, Card[]> {
  const switches = new Set(elements.filter(({ kind }) => kind === 'switch').map(({ id }) => id));
  const wired = new Map<string, Wire[]>();
  for (const wire of wires) {
    for (const { element } of wire.ends) wired.set(element, [...(wired.get(element) ?? []), wire]);
  }
  const found = new Map<string, Card[]>();
  for (const each of elements) {
    const [wire, ...others] = wired.get(each.id) ?? [];
    if (
      each.kind !== 'card' ||
      each.soon ||
      each.badges.forwards !== null ||
      wire?.kind !== 'cable' ||
      wire.soon ||
      others.length > 0
    )
      continue;
    const hub = wire.ends.find(({ element }) => element !== each.id)?.element ?? '';
    if (switches.has(hub)) found.set(hub, [...(found.get(hub) ?? []), each]);
  }
  return new Map([...found].filter(([, cards]) => cards.length >= fewest));
}

const stackOf = ({ id, node, name }: Switch, cards: readonly Card[]): Stack => ({
  kind: 'stack',
  id: `stack ${id}`,
  node,
  bridge: name,
  rows: [],
  members: cards.map((card) => card.id),
  nodes: cards.map((card) => card.node),
  soon: false,
});
