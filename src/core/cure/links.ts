import { anybody } from '../path/model/tunnel.ts';
import { below } from '../path/model/widening.ts';
import type { Link, NodeState, Observation } from '../state/observation.ts';
import { after, type Effect, type Place, type Tool } from './effect.ts';
import { withoutLink } from './make-link.ts';
import { connectedRoutes, withLink } from './state.ts';
import { vlan } from './vlans.ts';

/** `ip link set [dev] NAME ...`: one link with other settings. */
export const ipLink: Tool = (place, words) => {
  const [verb, ...rest] = words;
  const [name, ...settings] = rest[0] === 'dev' ? rest.slice(1) : rest;
  const link = place.state.links.find((one) => one.name === name);
  if (link === undefined) return 'refused';
  if (verb === 'del') return withoutLink(place.state, link);
  return verb === 'set' ? set(place, link, settings) : 'unknown';
};

function set(place: Place, link: Link, settings: readonly string[]): Effect {
  const { state } = place;
  const [what = '', value = ''] = settings;
  switch (what) {
    case 'up':
      return { ...withLink(state, raised(place, link)), routes: withConnected(state, link) };
    case 'down':
      return withLink(state, { ...link, up: false, carrier: false });
    case 'mtu':
      return below(place.observation, { node: place.node, link: link.name }, Number(value)).belowLink ===
        undefined
        ? withLink(state, { ...link, mtu: Number(value) })
        : 'refused';
    case 'address':
      return withLink(state, { ...link, mac: value });
    case 'master': {
      const bridge = state.links.find(({ name, kind }) => name === value && kind === 'bridge');
      return bridge === undefined || bridge.name === link.name
        ? 'refused'
        : withLink(state, port(link, value));
    }
    case 'type':
      return typed(state, link, settings.slice(1));
    default:
      return 'unknown';
  }
}

/** `type KIND KEY VALUE`: a setting of its kind. */
function typed(state: NodeState, link: Link, settings: readonly string[]): Effect {
  const [kind, key = '', value = '', more = ''] = settings;
  if (kind === 'bridge' && key === 'stp_state') return withoutStp(state, link);
  const ends =
    ['ipip', 'gre', 'sit', 'gretap', 'ip6tnl', 'ip6gre', 'vxlan'].includes(kind ?? '') &&
    ['local', 'remote'].includes(key);
  if (kind !== link.kind) return 'refused';
  if (key === 'macaddr' && value === 'add') {
    const macaddr = [...(link.details.macaddr?.split(',') ?? []), more].join(',');
    return withLink(state, { ...link, details: { ...link.details, macaddr } });
  }
  return ends ? withLink(state, { ...link, details: { ...link.details, [key]: value } }) : 'unknown';
}

/** A veth has carrier when its other end is up as well. */
function raised({ observation }: Place, link: Link): Link {
  const { peer } = link;
  const other = observation.nodes[peer?.node ?? '']?.links.find(({ name }) => name === peer?.link);
  return { ...link, up: true, carrier: link.kind !== 'veth' || other?.up === true };
}

function withConnected(state: NodeState, link: Link): NodeState['routes'] {
  const known = new Set(state.routes.map(({ text, table }) => `${table} ${text}`));
  const routes = link.addresses.flatMap((address) => connectedRoutes(link.name, address));
  return [...state.routes, ...routes.filter(({ text, table }) => !known.has(`${table} ${text}`))];
}

const open = { unicast: true, multicast: true, broadcast: true };

function port(link: Link, master: string): Link {
  const fresh = { state: 'forwarding', isolated: false, hairpin: false, learning: true, flood: open };
  return { ...link, master, port: link.port ?? fresh };
}

function withoutStp(state: NodeState, bridge: Link): NodeState {
  const links = state.links.map((one) =>
    one.master === bridge.name && one.port !== null && one.port.state !== 'disabled'
      ? { ...one, port: { ...one.port, state: 'forwarding' } }
      : one,
  );
  const details = { ...bridge.details, stp_state: '0' };
  return withLink({ ...state, links }, { ...bridge, details });
}

/** The state after the other end of a veth has learned that this one is up. */
export function heard(observation: Observation, node: string): Observation {
  const isUp = (one: Link) =>
    observation.nodes[one.peer?.node ?? '']?.links.some(({ name, up }) => name === one.peer?.link && up) ===
    true;
  const ends = Object.entries(observation.nodes).map(([name, state]): [string, NodeState] => [
    name,
    {
      ...state,
      links: state.links.map((one) =>
        one.peer?.node === node || name === node
          ? { ...one, carrier: one.peer === null ? one.carrier : one.up && isUp(one) }
          : one,
      ),
    },
  ]);
  return { nodes: Object.fromEntries(ends) };
}

/** `bridge link set dev NAME OPTION VALUE`, `bridge fdb replace|append MAC dev NAME dst ADDRESS`. */
export const bridge: Tool = ({ state }, [object, verb, ...words]) => {
  const link = state.links.find(({ name }) => name === after(words, 'dev'));
  if (link === undefined) return 'refused';
  if (object === 'fdb') return fdb(state, link, verb ?? '', words);
  if (object === 'vlan') return vlan(state, link, verb ?? '', words);
  if (object !== 'link' || verb !== 'set') return 'unknown';
  if (link.port === null) return 'refused';
  const [option = '', value = ''] = words.filter((_, at) => at >= 2);
  const on = value === 'on';
  const { flood } = link.port;
  const changes: Record<string, Partial<typeof link.port>> = {
    state: { state: value },
    isolated: { isolated: on },
    hairpin: { hairpin: on },
    flood: { flood: { ...flood, unicast: on } },
    mcast_flood: { flood: { ...flood, multicast: on } },
    bcast_flood: { flood: { ...flood, broadcast: on } },
  };
  // br_set_state of a port whose link is not there: "Network is down".
  if (option === 'state' && value !== 'disabled' && !(link.up && link.carrier)) return 'refused';
  if (option === 'locked' && !on) {
    const { locked: _, ...open } = link.port;
    return withLink(state, { ...link, port: open });
  }
  const change = changes[option];
  return change === undefined ? 'unknown' : withLink(state, { ...link, port: { ...link.port, ...change } });
};

function fdb(state: NodeState, link: Link, verb: string, words: readonly string[]): Effect {
  const [mac = ''] = words;
  const dst = after(words, 'dst') ?? null;
  if (verb === 'del') {
    const gone = state.fdb.find(
      (one) => one.mac === mac && one.dev === link.name && (dst === null || one.dst === dst),
    );
    return gone === undefined ? 'refused' : { ...state, fdb: state.fdb.filter((one) => one !== gone) };
  }
  if (verb === 'replace' && mac === anybody) return 'refused';
  const master = words.includes('master') ? link.master : null;
  if (verb !== 'replace' && verb !== 'append' && verb !== 'add') return 'unknown';
  const kept = state.fdb.filter((one) => verb === 'append' || one.dev !== link.name || one.mac !== mac);
  return {
    ...state,
    fdb: [
      ...kept,
      { mac, dev: link.name, master, dst, vlan: numberAfter(words, 'vlan'), state: 'permanent' },
    ],
  };
}

function numberAfter(words: readonly string[], name: string): number | null {
  const word = after(words, name);
  return word === undefined ? null : Number(word);
}
