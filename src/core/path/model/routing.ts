import { covers, holds, hostPrefix, type Prefix, parseIp, parsePrefix, sameAddress } from '../../state/ip.ts';
import type { Link, NodeState, Observation, PolicyRule, Route } from '../../state/observation.ts';
import { asking, keyTo, ofTos, type RouteKey } from './policy.ts';

/** The table to name in a command about a route; empty for the one that `ip route` means by itself. */
export const otherTable = ({ table }: Pick<Route, 'table'>): string => (table === 'main' ? '' : table);

/** Route types that end the packet instead of sending it on. */
const refusing = ['unreachable', 'blackhole', 'prohibit'];

/**
 * The result of the routing policy for a packet.
 * - `route`: this one decides, from a table that `rule` selected.
 * - `refused`: a rule refuses it (`ip rule ... prohibit`).
 * - `none`: no table has a route.
 * - `undecided`: whether `rule` matches is not known.
 */
type Routing =
  | { kind: 'route'; route: Route; rule: PolicyRule }
  | { kind: 'refused'; rule: PolicyRule }
  | { kind: 'undecided'; rule: PolicyRule }
  | { kind: 'none' };

export function routing(node: NodeState, key: RouteKey): Routing {
  const ip = parseIp(key.to);
  if (ip === null) return { kind: 'none' };
  for (const { rule, held } of asking(node, key)) {
    const { action } = rule;
    if (action.kind === 'refuse' && held === true) return { kind: 'refused', rule };
    const route = action.kind === 'table' ? best(node, action.table, hostPrefix(ip), key) : null;
    const found = route === null || suppressed(route, action) ? null : route;
    if (held === true && found !== null) return { kind: 'route', route: found, rule };
    // A rule that may or may not match leaves the decision open, unless its table has no route.
    if (held === 'unknown' && (found !== null || action.kind !== 'table')) return { kind: 'undecided', rule };
  }
  return { kind: 'none' };
}

/** The kernel's answer to `ip route get ADDRESS`: the route that decides, or null. */
export function lookup(node: NodeState, address: string): Route | null {
  const routed = routing(node, keyTo(address));
  return routed.kind === 'route' ? routed.route : null;
}

/**
 * The route that decides for every address of a network, own addresses left aside; null where there is none
 * or only for a part of it.
 */
export function lookupNetwork(node: NodeState, network: Prefix): Route | null {
  const key = keyTo('');
  return best(node, 'main', network, key) ?? best(node, 'default', network, key);
}

/** `suppress_prefixlength N`: a route of at most so many bits does not count. */
function suppressed(route: Route, action: PolicyRule['action']): boolean {
  if (action.kind !== 'table' || action.suppressPrefix === null) return false;
  return bits(parsePrefix(route.destination, route.family)) <= action.suppressPrefix;
}

export function refuses(route: Route): boolean {
  return refusing.includes(route.type);
}

/**
 * True if the address is the node's own: a link has it, or a `local` route of the table that every packet is
 * looked up in. An address that is local in another table (a transparent proxy's) is local only for the
 * packets sent to that table.
 */
export function isLocal(node: NodeState, address: string): boolean {
  if (node.routes.some((route) => isOwn(route) && holds(route.destination, address))) return true;
  const link = node.links.find(({ addresses }) => addresses.some((one) => sameAddress(one.address, address)));
  return link !== undefined && !unlisted(node, link, address);
}

/** An address of a link that is up, and the table `local` has no route to it: the node does not take it for its own. */
function unlisted({ routes }: NodeState, link: Link, address: string): boolean {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  return link.up && routes.some((route) => isOwn(route) && route.family === family);
}

const isOwn = ({ type, table }: Route): boolean => type === 'local' && table === 'local';

/** Of the node itself alone, in every node the same: not an address on a wire. */
export const isLoopback = (address: string): boolean => holds('127.0.0.0/8', address) || address === '::1';

/** Names of the nodes that have an address. */
export function ownersOf(observation: Observation, address: string): string[] {
  const nodes = Object.entries(observation.nodes);
  if (isLoopback(address)) return [];
  return nodes.filter(([, node]) => isLocal(node, address)).map(([name]) => name);
}

/**
 * Longest prefix first, then a route for the packet's type of service, then lowest metric, in IPv6 the preferred router (rt6_score_route), then the order the
 * kernel lists them in; `throw` ends a table's search.
 */
function best(node: NodeState, table: string, wanted: Prefix, key: RouteKey): Route | null {
  const fitting = node.routes
    .filter((route) => route.table === table && usable(node, route) && isFor(route, key))
    .map((route) => ({ route, prefix: parsePrefix(route.destination, route.family) }))
    .filter(({ prefix }) => prefix !== null && covers(prefix, wanted))
    .sort(
      (a, b) =>
        bits(b.prefix) - bits(a.prefix) ||
        (b.route.tos ?? 0) - (a.route.tos ?? 0) ||
        a.route.metric - b.route.metric ||
        preference(b.route) - preference(a.route),
    );
  const first = fitting[0]?.route;
  return first === undefined || first.type === 'throw' ? null : first;
}

const isFor = ({ tos }: Route, key: RouteKey): boolean => tos === undefined || ofTos(tos, key);

const preference = (route: Route): number => ({ high: 1, medium: 0, low: -1 })[route.preference ?? 'medium'];

/** The link of the route that would decide, had it carrier. */
export function deadLink(node: NodeState, address: string): string | null {
  const wanted = parsePrefix(address);
  const dead = node.routes.filter(({ type, destination, family }) => {
    const prefix = parsePrefix(destination, family);
    return type === 'unicast' && prefix !== null && wanted !== null && covers(prefix, wanted);
  });
  return dead.find((route) => !usable(node, route))?.dev ?? null;
}

/** net.ipv4.conf.LINK.ignore_routes_with_linkdown: routes by a link without carrier do not count (ip-sysctl.rst). */
function usable({ links, sysctls }: NodeState, { dev, family }: Route): boolean {
  const link = links.find(({ name }) => name === dev);
  if (link === undefined || link.carrier || family === 'ipv6') return true;
  return sysctls[`net.ipv4.conf.${link.name.replaceAll('.', '/')}.ignore_routes_with_linkdown`] !== '1';
}

function bits(prefix: Prefix | null): number {
  return prefix === null ? -1 : prefix.bits;
}
