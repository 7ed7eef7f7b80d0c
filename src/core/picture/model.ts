import type { Link as KernelLink, NodeState, Observation } from '../state/observation.ts';
import { type Badges, badgesOf } from './badges.ts';
import { hostOf } from './hosts.ts';
import { tunnelsIn } from './tunnels.ts';

/** The network as it is drawn: cards and switches, and the wires between their interfaces. */
export interface Picture {
  elements: Element[];
  wires: Wire[];
}

export type Element = Card | Switch | Stack;

export interface Card {
  kind: 'card';
  id: string;
  node: string;
  nodeKind: NodeState['kind'];
  /** The node that this one is inside of: a named namespace's machine, a container's host, a pod's node. */
  host: string | null;
  rows: Row[];
  badges: Badges;
  /** Its routes are counted, and not listed: a lower card. */
  isBrief?: true;
  /** Not there yet: the step will make it. */
  soon: boolean;
}

export interface Switch {
  kind: 'switch';
  id: string;
  node: string;
  name: string;
  /** The bridge's own interface, by which its node joins in. */
  own: Row;
  rows: Row[];
  soon: boolean;
}

/** The hosts of a switch, collapsed into one. */
export interface Stack {
  kind: 'stack';
  id: string;
  /** The node that the switch is part of. */
  node: string;
  bridge: string;
  /** None of its own. */
  rows: Row[];
  /** The elements that it stands for, and their nodes. */
  members: string[];
  nodes: string[];
  soon: false;
}

export interface Row {
  name: string;
  /** `waiting`: up, but the other end is not. */
  state: 'up' | 'waiting' | 'down';
  addresses: string[];
  /** Those of its addresses that are not there yet: the step will give them. */
  planned: string[];
  soon: boolean;
  /** A loopback with nothing but its own address. */
  quiet?: true;
}

export interface Wire {
  id: string;
  /** `tunnel`: over the network, from one end of it to the other. `bundle`: the cables of collapsed hosts. */
  kind: 'cable' | 'inside' | 'tunnel' | 'bundle';
  ends: [End, End];
  state: 'up' | 'down';
  soon: boolean;
}

export interface End {
  element: string;
  row: string;
}

/** All interfaces an element shows: a switch its own one first. */
export const rowsOf = (element: Element): Row[] =>
  element.kind === 'switch' ? [element.own, ...element.rows] : element.rows;

/** A stack has its number of hosts for a name, in the language of its reader. */
export const nameOf = (element: Element): string =>
  element.kind === 'switch' ? element.name : element.kind === 'stack' ? element.bridge : element.node;

export const cardId = (node: string) => `card ${node}`;
export const switchId = (node: string, bridge: string) => `switch ${node} ${bridge}`;

export function pictureOf({ nodes }: Observation): Picture {
  const elements: Element[] = [];
  const wires: Wire[] = [];
  for (const [node, state] of Object.entries(nodes)) {
    const bridges = state.links.filter(({ kind }) => kind === 'bridge');
    const loose = state.links.filter((link) => link.kind !== 'bridge' && !isPort(link, bridges));
    elements.push({
      kind: 'card',
      id: cardId(node),
      node,
      nodeKind: state.kind,
      host: hostOf(node, nodes),
      rows: loose.filter((link) => isTelling(link, state)).map(row),
      badges: badgesOf(state),
      soon: false,
    });
    for (const bridge of bridges) {
      const ports = state.links.filter(({ master }) => master === bridge.name);
      const id = switchId(node, bridge.name);
      elements.push({
        kind: 'switch',
        id,
        node,
        name: bridge.name,
        own: row(bridge),
        rows: ports.map(row),
        soon: false,
      });
      wires.push({
        id: `inside ${id}`,
        kind: 'inside',
        ends: [
          { element: id, row: bridge.name },
          { element: cardId(node), row: '' },
        ],
        state: bridge.up ? 'up' : 'down',
        soon: false,
      });
    }
  }
  return { elements, wires: [...wires, ...cables(nodes), ...tunnels(nodes)] };
}

/** Each veth pair once, between the elements that show its ends. */
function cables(nodes: Observation['nodes']): Wire[] {
  const found = new Map<string, Wire>();
  for (const [node, { links }] of Object.entries(nodes)) {
    for (const link of links) {
      const other = link.peer && nodes[link.peer.node]?.links.find(({ name }) => name === link.peer?.link);
      if (!link.peer || !other) continue;
      const id = [`${node}:${link.name}`, `${link.peer.node}:${link.peer.link}`].sort().join(' ');
      found.set(id, {
        id,
        kind: 'cable',
        ends: [endOf(node, link), endOf(link.peer.node, other)],
        state: link.up && other.up ? 'up' : 'down',
        soon: false,
      });
    }
  }
  return [...found.values()];
}

function tunnels(nodes: Observation['nodes']): Wire[] {
  return tunnelsIn(nodes).map(({ ends: [one, other], up }) => ({
    id: `tunnel ${[one, other].map(({ node, link }) => `${node}:${link.name}`).join(' ')}`,
    kind: 'tunnel',
    ends: [endOf(one.node, one.link), endOf(other.node, other.link)],
    state: up ? 'up' : 'down',
    soon: false,
  }));
}

function endOf(node: string, link: KernelLink): End {
  return { element: link.master ? switchId(node, link.master) : cardId(node), row: link.name };
}

function row(link: KernelLink): Row {
  return {
    name: link.name,
    state: !link.up ? 'down' : link.carrier ? 'up' : 'waiting',
    addresses: link.addresses.filter(isChosen).map(({ address, prefix }) => `${address}/${prefix}`),
    planned: [],
    soon: false,
    ...(link.up && isOwn(link) ? { quiet: true } : {}),
  };
}

/** Addresses that were given; the kernel's own link-local ones are in the details. */
const isChosen = ({ scope, family }: KernelLink['addresses'][number]) =>
  !(family === 'ipv6' && scope === 'link');

const isPort = ({ master }: KernelLink, bridges: KernelLink[]) => bridges.some(({ name }) => name === master);

const isOwn = ({ kind, addresses }: KernelLink) =>
  kind === 'loopback' && addresses.every(({ scope }) => scope === 'host');

/** A loopback that the system set up says nothing; a namespace's was down until it was set up by hand. */
const isTelling = (link: KernelLink, { kind }: NodeState) => !link.up || !isOwn(link) || kind === 'netns';
