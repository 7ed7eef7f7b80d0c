import { lookup, ownersOf } from '../path/model/routing.ts';
import { hostPrefix, networkOf, parseIp } from '../state/ip.ts';
import type { Address, NodeState, Route } from '../state/observation.ts';
import { after, type Effect, type Tool } from './effect.ts';
import { connectedRoutes, withLink } from './state.ts';

/** `ip addr add|change|del ADDRESS/LENGTH dev LINK`; an address in use is not given away. */
export const ipAddr: Tool = ({ observation, state }, [verb, own = '', ...words]) => {
  const link = state.links.find(({ name }) => name === after(words, 'dev'));
  const [text = '', bits] = own.split('/');
  const ip = parseIp(text);
  if (link === undefined || ip === null) return 'refused';
  const family = text.includes(':') ? 'ipv6' : 'ipv4';
  const prefix = Number(bits ?? (family === 'ipv4' ? 32 : 128));
  const known = link.addresses.find((one) => one.address === text && one.prefix === prefix);
  if (verb === 'add') {
    if (known !== undefined || ownersOf(observation, text).length > 0) return 'refused';
    // Below IPv6's least MTU an interface has no IPv6 (addrconf_notify).
    if (family === 'ipv6' && link.mtu < 1280) return 'refused';
    const network = networkOf(text, prefix);
    const second = link.addresses.some((one) => networkOf(one.address, one.prefix) === network);
    const later = second && family === 'ipv4' ? ({ secondary: true } as const) : {};
    const address: Address = { family, address: text, prefix, scope: 'global', ...later };
    const more = link.up ? connectedRoutes(link.name, address) : [];
    const links = withLink(state, { ...link, addresses: [...link.addresses, address] });
    return { ...links, routes: [...state.routes, ...more] };
  }
  if (verb !== 'change' && verb !== 'del') return 'unknown';
  if (known === undefined) return 'refused';
  if (verb === 'change' && after(words, 'preferred_lft') === 'forever') {
    const { deprecated: _, ...valid } = known;
    return withLink(state, {
      ...link,
      addresses: link.addresses.map((one) => (one === known ? valid : one)),
    });
  }
  if (verb !== 'del') return 'unknown';
  const left = withLink(state, { ...link, addresses: link.addresses.filter((one) => one !== known) });
  const gone = connectedRoutes(link.name, known).map(({ table, destination }) => `${table} ${destination}`);
  const kept = state.routes.filter(
    (one) => one.dev !== link.name || !gone.includes(`${one.table} ${one.destination}`),
  );
  return { ...left, routes: kept };
};

/** Words in front of a destination; without one it is a route to somewhere, or any that is deleted. */
const types = ['local', 'unreachable', 'prohibit', 'blackhole', 'throw'];

/** `ip route add|replace|del DESTINATION [tos TOS] [via GATEWAY] [dev LINK] [src ADDRESS] [table TABLE]`. */
export const ipRoute: Tool = ({ state }, [verb, ...words]) => {
  const [first = ''] = words;
  const [type, named = ''] = types.includes(first) ? [first, words[1]] : ['unicast', first];
  const table = after(words, 'table') ?? (type === 'local' ? 'local' : 'main');
  const destination = fullOf(named);
  if (destination === null) return 'unknown';
  const tos = after(words, 'tos');
  const same = (one: Route) =>
    one.table === table && one.destination === destination && (one.tos ?? 0) === Number(tos ?? 0);
  const metric = Number(after(words, 'metric') ?? Number.NaN);
  const meant = (one: Route) =>
    same(one) && (type === 'unicast' || one.type === type) && (Number.isNaN(metric) || one.metric === metric);
  if (verb === 'del') return without(state, state.routes.find(meant));
  if (verb !== 'add' && verb !== 'replace') return 'unknown';
  const twice = state.routes.some((one) => same(one) && one.metric === 0);
  if (verb === 'add' && twice) return 'refused';
  const where = { type, table, destination, ...(tos === undefined ? {} : { tos: Number(tos) }) };
  const route = routeOf(state, where, words);
  if (typeof route === 'string') return route;
  const kept = state.routes.filter((one) => verb === 'add' || !same(one) || one.metric !== 0);
  return { ...state, routes: [...kept, route] };
};

function without(state: NodeState, route: Route | undefined): Effect {
  return route === undefined ? 'refused' : { ...state, routes: state.routes.filter((one) => one !== route) };
}

/** A gateway has to be on a wire of the node, or the kernel does not take it. */
function routeOf(
  state: NodeState,
  where: Pick<Route, 'type' | 'table' | 'destination' | 'tos'>,
  words: readonly string[],
): Route | 'refused' {
  const via = after(words, 'via') ?? null;
  const way = via === null ? null : lookup(state, via);
  if (via !== null && (way === null || way.via !== null || way.type !== 'unicast')) return 'refused';
  const dev = after(words, 'dev') ?? way?.dev ?? null;
  const link = state.links.find(({ name }) => name === dev);
  if (link === undefined || !link.up) return 'refused';
  const text = `${where.destination}${via === null ? '' : ` via ${via}`} dev ${dev}`;
  return {
    ...{
      ...where,
      family: (via ?? where.destination).includes(':') ? 'ipv6' : 'ipv4',
      via,
      dev,
      nexthops: [],
    },
    ...{ source: after(words, 'src') ?? null, metric: 0, protocol: 'boot', text },
    scope: where.type === 'local' ? 'host' : via === null ? 'link' : 'global',
  };
}

export function fullOf(text: string): string | null {
  if (text === 'default' || text === '0.0.0.0/0') return 'default';
  const [address = '', bits] = text.split('/');
  const ip = parseIp(address);
  if (ip === null) return null;
  return bits === undefined ? `${address}/${hostPrefix(ip).bits}` : text;
}

/** `ip neigh replace|del ADDRESS [lladdr MAC] dev LINK`. */
export const ipNeigh: Tool = ({ state }, [verb, address = '', ...words]) => {
  const dev = after(words, 'dev');
  const entry = state.neighbours.find((one) => one.address === address && one.dev === dev);
  const others = state.neighbours.filter((one) => one !== entry);
  if (verb === 'del') return entry === undefined ? 'refused' : { ...state, neighbours: others };
  const mac = after(words, 'lladdr');
  if (verb !== 'replace' || mac === undefined || dev === undefined) return 'unknown';
  return { ...state, neighbours: [...others, { address, dev, mac, state: 'PERMANENT' }] };
};
