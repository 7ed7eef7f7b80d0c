import type { Line } from '../lab/lab.ts';
import type { Packet } from '../path/model/packet.ts';
import { isLocal, lookup } from '../path/model/routing.ts';
import { flood, linkOf, type Port } from '../path/model/segment.ts';
import { firstTrouble, type Halfway, walk, walkOn } from '../path/model/walk.ts';
import { holds, networkOf, sameAddress } from '../state/ip.ts';
import type { Observation } from '../state/observation.ts';
import { promptOf } from '../verdict/evidence.ts';
import type { Values } from '../verdict/verdict.ts';
import { placeOf } from './apply-line.ts';
import { typedAll } from './proof.ts';

const blank = / via GATEWAY\b/;

/** A route that may be wrong as a whole: one for more addresses, or of another table, already leads there. */
const replaced = /route replace (\S+(?: tos \S+)?) via GATEWAY\b/;

/** A route that other destinations need as it is, where one for the node's own network is missing. */
const replacing = /route replace \S+(?: tos \S+)? via GATEWAY.*/;

/** As many neighbours as are tried; a wire with more has no obvious router. */
const most = 16;

/**
 * These lines with a gateway in place of the word GATEWAY, once for each neighbour by which the packet then
 * arrives, and without the route, if it arrives by another one then. The first is one whose reply comes back, if there
 * is one.
 * @param halfway where a trace saw the packet last.
 */
export function withGateway<L extends Line>(
  observation: Observation,
  packet: Packet,
  lines: readonly L[],
  halfway: Halfway | null = null,
): L[][] {
  const line = lines.find(({ run }) => blank.test(run));
  if (line === undefined) return [];
  const [node] = placeOf(line.on, line.run.split(' '));
  const way = (change: (run: string) => string) => lines.map((one) => ({ ...one, run: change(one.run) }));
  // What the lines before it change comes first: it may be the address that reaches the gateway.
  const typed = typedAll(observation, lines.slice(0, lines.indexOf(line)));
  const before = typeof typed === 'string' ? observation : typed;
  const gateways = neighboursOf(before, node, packet.to.includes(':') ? 'ipv6' : 'ipv4');
  const ways = gateways
    // A node is no router to itself.
    .filter((gateway) => !sameAddress(gateway, packet.to))
    .map((gateway) => way((run) => run.replace(blank, ` via ${gateway}`)));
  const direct = wiresTo(before, node, line.run).map((dev) =>
    way((run) => run.replace(blank, ` dev ${dev}`)),
  );
  const connected = unrouted(before, node).map((route) => way((run) => run.replace(replacing, route)));
  const without = way((run) => run.replace(replaced, 'route del $1'));
  const found = [...ways, without, ...direct, ...connected].flatMap((filled) => {
    const state = typedAll(observation, filled);
    if (typeof state === 'string') return [];
    const walked = walk(state, packet);
    const whole = firstTrouble(walked) === null;
    const come = lostThere(observation, packet) && walked.request.end.kind === 'delivered';
    return whole || come || arrives(observation, state, halfway) ? [{ filled, whole }] : [];
  });
  return found.toSorted((a, b) => Number(b.whole) - Number(a.whole)).map(({ filled }) => filled);
}

/** The lines as they are, unless they need a gateway: then with the one by which the packet arrives, if there is one. */
export function withRouter<L extends Line>(
  observation: Observation,
  packet: Packet,
  lines: readonly L[],
): L[][] {
  return lines.some(({ run }) => blank.test(run))
    ? withGateway(observation, packet, lines).slice(0, 1)
    : [[...lines]];
}

/**
 * Of a loop, the line for each of its routers that sends the packet by another gateway; where only the default route
 * leads there, a route for the destination's network, because the default may be right for all the rest.
 */
export function roundLines(observation: Observation, { nodes = '', dst = '' }: Values): Line[] {
  const owned = Object.values(observation.nodes)
    .flatMap(({ links }) => links.flatMap(({ addresses }) => addresses))
    .find(({ address }) => sameAddress(address, dst));
  return nodes.split(', ').flatMap((node) => {
    const state = observation.nodes[node];
    const route = state === undefined ? null : lookup(state, dst);
    if (route === null || route.via === null) return [];
    const wide = route.destination === 'default';
    if (wide && owned === undefined) return [];
    const part = wide && owned !== undefined ? networkOf(dst, owned.prefix) : route.destination;
    const table = route.table === 'main' ? '' : ` table ${route.table}`;
    const { shell, ip } = promptOf(observation, node);
    return [{ on: shell, run: `${ip} route ${wide ? 'add' : 'replace'} ${part} via GATEWAY${table}` }];
  });
}

/** The packet of a trace arrives from where it was seen last, and did not before. */
const arrives = (before: Observation, after: Observation, halfway: Halfway | null): boolean =>
  halfway !== null &&
  walkOn(before, halfway).end.kind === 'lost' &&
  walkOn(after, halfway).end.kind === 'delivered';

const lostThere = (observation: Observation, packet: Packet): boolean =>
  walk(observation, packet).request.end.kind !== 'delivered';

/** The interfaces of a node on whose wire another node is in the network of a route. */
function wiresTo(observation: Observation, name: string, run: string): string[] {
  const [, network = ''] = /route (?:add|replace) (\S+) via/.exec(run) ?? [];
  const links = observation.nodes[name]?.links.filter(({ kind, up }) => up && kind !== 'loopback') ?? [];
  const there = (port: Port) =>
    port.node !== name &&
    linkOf(observation, port)?.addresses.some(({ address }) => holds(network, address)) === true;
  return network === 'default'
    ? []
    : links
        .map((link) => link.name)
        .filter((link) => flood(observation, { node: name, link }).receivers.some(there));
}

/** Routes to a node's own networks that are gone, as one types them. */
function unrouted(observation: Observation, name: string): string[] {
  const { links = [], routes = [] } = observation.nodes[name] ?? {};
  return links
    .filter(({ up, kind }) => up && kind !== 'loopback')
    .flatMap((link) =>
      link.addresses
        .filter(({ family, prefix }) => family === 'ipv4' && prefix < 32)
        .map(({ address, prefix }) => ({ own: address, network: networkOf(address, prefix) }))
        .filter(({ network }) => !routes.some((one) => one.destination === network && one.dev === link.name))
        .map(({ own, network }) => `route add ${network} dev ${link.name} src ${own}`),
    );
}

/** Addresses of other nodes that the node reaches without a router. */
function neighboursOf({ nodes }: Observation, name: string, family: 'ipv4' | 'ipv6'): string[] {
  const state = nodes[name];
  if (state === undefined) return [];
  const others = Object.entries(nodes).flatMap(([other, { links }]) => (other === name ? [] : links));
  return others
    .flatMap(({ addresses }) => addresses.filter((one) => one.family === family && one.scope === 'global'))
    .map(({ address }) => address)
    .filter((address) => !isLocal(state, address) && lookup(state, address)?.via === null)
    .slice(0, most);
}
