import type { Line } from '../lab/lab.ts';
import type { Packet } from '../path/model/packet.ts';
import { isLocal, lookup } from '../path/model/routing.ts';
import { firstTrouble, walk } from '../path/model/walk.ts';
import { networkOf, sameAddress } from '../state/ip.ts';
import type { Observation } from '../state/observation.ts';
import { promptOf } from '../verdict/evidence.ts';
import type { Values } from '../verdict/verdict.ts';
import { placeOf } from './apply-line.ts';
import { typedAll } from './proof.ts';

const blank = / via GATEWAY\b/;

/** A route that may be wrong as a whole: one for more addresses, or of another table, already leads there. */
const replaced = /route replace (\S+) via GATEWAY\b/;

/** As many neighbours as are tried; a wire with more has no obvious router. */
const most = 16;

/**
 * These lines with a gateway in place of the word GATEWAY, once for each neighbour by which the packet then
 * arrives, and without the route, if it arrives by another one then. The first is one whose reply comes back, if there
 * is one.
 */
export function withGateway<L extends Line>(
  observation: Observation,
  packet: Packet,
  lines: readonly L[],
): L[][] {
  const line = lines.find(({ run }) => blank.test(run));
  if (line === undefined) return [];
  const [node] = placeOf(line.on, line.run.split(' '));
  const way = (change: (run: string) => string) => lines.map((one) => ({ ...one, run: change(one.run) }));
  const gateways = neighboursOf(observation, node, packet.to.includes(':') ? 'ipv6' : 'ipv4');
  const ways = gateways
    // A node is no router to itself.
    .filter((gateway) => !sameAddress(gateway, packet.to))
    .map((gateway) => way((run) => run.replace(blank, ` via ${gateway}`)));
  const found = [...ways, way((run) => run.replace(replaced, 'route del $1'))].flatMap((filled) => {
    const state = typedAll(observation, filled);
    if (typeof state === 'string') return [];
    const walked = walk(state, packet);
    const whole = firstTrouble(walked) === null;
    return whole || (lostThere(observation, packet) && walked.request.end.kind === 'delivered')
      ? [{ filled, whole }]
      : [];
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

const lostThere = (observation: Observation, packet: Packet): boolean =>
  walk(observation, packet).request.end.kind !== 'delivered';

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
