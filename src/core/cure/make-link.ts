import type { Link, NodeState, Observation } from '../state/observation.ts';
import { after, type Effect, type Tool } from './effect.ts';

/** Kinds that are made from a name alone. */
const simple = ['bridge', 'dummy', 'veth', 'ifb'];
/** The option without which a kind of link cannot be made. */
const needed: Record<string, string> = { vxlan: 'id', vlan: 'id', macvlan: 'link', ipvlan: 'link' };

/** `ip link add [link LOWER] [name] NAME type KIND ...`: made down. A veth's other end has to be named. */
export const addLink: Tool = ({ node, state }, words) => {
  const kind = after(words, 'type') ?? '';
  const lower = after(words, 'link');
  const name =
    after(words, 'name') ?? words.filter((word, at) => word !== 'link' && words[at - 1] !== 'link')[0];
  if (name === undefined || kind === '') return 'unknown';
  if (state.links.some((one) => one.name === name)) return 'refused';
  const lack = needed[kind];
  if (lack !== undefined && after(words, lack) === undefined) return 'refused';
  if (lack === undefined && !simple.includes(kind)) return 'unknown';
  const below = lower ?? (kind === 'vxlan' ? after(words, 'dev') : undefined);
  if (below !== undefined && !state.links.some((one) => one.name === below)) return 'refused';
  const made: Link = {
    ...{
      name,
      index: 1 + Math.max(0, ...state.links.map(({ index }) => index)),
      kind,
      mac: '02:00:00:00:00:01',
    },
    ...{ mtu: 1500, up: false, carrier: false, master: null, peer: null, port: null, queue: 'noqueue' },
    ...{
      lower: below === undefined ? null : { node, link: below },
      details: detailsOf(words),
      addresses: [],
    },
  };
  return { ...state, links: [...state.links, made] };
};

/** `ip link add NAME type veth peer [name] PEER [netns NODE]`: both ends are made, down. */
export function addPair(observation: Observation, node: string, words: readonly string[]) {
  const at = words.indexOf('peer');
  const farWords = words.slice(at + 1);
  const [near = '', far = ''] = [words, farWords].map((own) => after(own, 'name') ?? own[0]);
  const end = (on: string, name: string, peer: Link['peer']) => (known: Observation) => {
    const state = known.nodes[on];
    if (state === undefined) return 'refused';
    const made = addLink({ observation: known, node: on, state }, [name, 'type', 'veth']);
    if (typeof made === 'string') return made;
    const links = made.links.map((one) => (one.name === name ? { ...one, peer } : one));
    return { nodes: { ...known.nodes, [on]: { ...made, links } } };
  };
  const there = after(farWords, 'netns') ?? node;
  const first = end(node, near, { node: there, link: far })(observation);
  return typeof first === 'string' ? first : end(there, far, { node, link: near })(first);
}

/** `id 42 dstport 4789` behind the kind. */
function detailsOf(words: readonly string[]): Record<string, string> {
  const rest = words.slice(words.indexOf('type') + 2).filter((word) => word !== 'nolearning');
  return Object.fromEntries(rest.flatMap((word, at) => (at % 2 === 0 ? [[word, rest[at + 1] ?? '']] : [])));
}

/** A link goes with its addresses and routes; the loopback stays. */
export function withoutLink(state: NodeState, link: Link): Effect {
  if (link.kind === 'loopback') return 'refused';
  return {
    ...state,
    links: state.links
      .filter((one) => one !== link)
      .map((one) => (one.master === link.name ? { ...one, master: null, port: null } : one)),
    routes: state.routes.filter(({ dev }) => dev !== link.name),
    neighbours: state.neighbours.filter(({ dev }) => dev !== link.name),
    fdb: state.fdb.filter(({ dev }) => dev !== link.name),
  };
}

/** `ip link set NAME netns NODE`: it arrives down, without addresses; a name that is taken there is refused. */
export function moveLink(observation: Observation, from: string, name: string, target: string) {
  const to = target === '1' ? 'host' : target;
  const [here, there] = [observation.nodes[from], observation.nodes[to]];
  const link = here?.links.find((one) => one.name === name);
  if (here === undefined || there === undefined || link === undefined || from === to) return 'refused';
  if (there.links.some((one) => one.name === name)) return 'refused';
  const left = withoutLink(here, link);
  if (typeof left === 'string') return left;
  const fresh: Link = { ...link, up: false, carrier: false, master: null, port: null, addresses: [] };
  const nodes = { ...observation.nodes, [from]: left, [to]: { ...there, links: [...there.links, fresh] } };
  const peer = (one: Link) =>
    one.peer?.node === from && one.peer.link === name ? { ...one, peer: { node: to, link: name } } : one;
  return {
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([node, state]) => [node, { ...state, links: state.links.map(peer) }]),
    ),
  };
}
