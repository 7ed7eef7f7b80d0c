import { isLinkLocal, sameAddress } from '../../state/ip.ts';
import type { NodeState, Observation, Route } from '../../state/observation.ts';
import { isUsual } from '../../state/usual-policies.ts';
import { sameHeaders } from './conntrack.ts';
import { setForLater } from './default-setting.ts';
import { ownerBefore } from './derived.ts';
import type { Finding } from './finding.ts';
import { networkOfOwner } from './missing-route.ts';
import { tosOf } from './next-hop.ts';
import { keyTo } from './policy.ts';
import { isLocal, otherTable, ownersOf, routing } from './routing.ts';
import { setting, settingOf, tooTight } from './settings.ts';
import type { Transit } from './transit.ts';

/** The route by which the packet came here: its sender, the gateway's address, the destinations, its table. */
export interface Gateway {
  node: string;
  address: string;
  destination: string;
  table: string;
  tos?: number;
}

/**
 * Nothing from a link-local address is forwarded (ip6_forward): a node that sends from one to another network
 * has lost, or never had, a global address.
 */
export function linkLocalSource({ context, node, headers }: Transit, from: string): Finding | null {
  const { source, destination } = headers;
  if (!isLinkLocal(source) || isLinkLocal(destination)) return null;
  const links = context.observation.nodes[from]?.links ?? [];
  const link = links.find(({ addresses }) => addresses.some(({ address }) => sameAddress(address, source)));
  const values = { dst: destination, link: link?.name ?? '', local: source, router: node };
  return { reason: 'no-address', node: from, object: null, values };
}

/**
 * Why a node does not forward a packet for another; null if it does. A node with a single link is no router:
 * a packet that arrives there shows the sender's wrong gateway, not a missing ip_forward.
 */
export function forwarding(packet: Transit, gateway: Gateway | null): Finding | null {
  const { context, state, node, headers } = packet;
  const key = closedBy(state, headers.destination, packet.in);
  if (key === null) return null;
  const lost = gateway === null ? addressLost(packet) : null;
  if (lost !== null) return lost;
  const routed = state.links.filter((link) => link.kind !== 'loopback' && link.master === null);
  if (gateway !== null && routed.length < 2) {
    const values = {
      via: gateway.address,
      owner: node,
      dst: headers.destination,
      destination: gateway.destination,
      routeTable: otherTable(gateway),
      ...tosOf(gateway),
      lacking: lackingRoute(context.observation, gateway, headers.destination),
    };
    return { reason: 'wrong-gateway', node: gateway.node, object: gateway.address, values };
  }
  const values = {
    ...{ key, expected: '1', observed: state.sysctls[key] ?? '', dst: headers.destination },
    forLater: setForLater(state, key, '1'),
  };
  return { reason: 'forwarding-off', node, object: key, values };
}

/** The network that its sender has no route to, beside the default route, where it has one to others; empty: none. */
function lackingRoute(observation: Observation, { node, destination }: Gateway, to: string): string {
  if (destination !== 'default') return '';
  const family = to.includes(':') ? 'ipv6' : 'ipv4';
  const routes = observation.nodes[node]?.routes ?? [];
  const others = routes.some(
    (one) =>
      one.table === 'main' && one.family === family && one.via !== null && one.destination !== 'default',
  );
  return others ? networkOfOwner(observation, to) : '';
}

/** A packet for an address that the interface had: its sender still knows the MAC address, and asks for none. */
function addressLost({ context, node, headers, in: link }: Transit): Finding | null {
  const { former, peer } = ownerBefore(context.observation, headers.destination);
  if (former === undefined || link === null || peer !== `${node}:${link}`) return null;
  const own = context.observation.nodes[node]?.links.find(({ name }) => name === link);
  const tight = own === undefined ? {} : tooTight(own, former);
  const values = { address: former, link, dst: headers.destination, ...tight };
  return { reason: 'no-address', node, object: former, values };
}

/**
 * net.ipv4.conf.*.rp_filter: 1 drops packets that came in by another link than the route back to their source
 * uses, 2 only those without a route back; the larger of `all` and the link's own counts (ip-sysctl.rst). A
 * packet with one of the node's own addresses as source is dropped in any case.
 */
export function reversePath(packet: Transit): Finding | null {
  const { state, node, headers, in: link } = packet;
  if (link === null || headers.source.includes(':')) return null;
  if (ownSource(state, headers.source, link)) {
    if (setting(state, 'accept_local', link) > 0) return null;
    if (sentHere(packet)) {
      const values = { dst: headers.destination, nodes: '' };
      return { reason: 'routing-loop', node, object: headers.destination, values };
    }
    const owners = ownersOf(packet.context.observation, headers.source);
    const forged = owners.length > 1 ? '' : headers.source;
    const holder = state.links.flatMap(({ name, addresses }) =>
      addresses
        .filter(({ address }) => sameAddress(address, headers.source))
        .map(({ prefix }) => ({ link: name, twice: `${headers.source}/${prefix}` })),
    )[0];
    const values = {
      address: headers.source,
      nodes: owners.join(', '),
      forged,
      ...(forged === '' ? holder : {}),
    };
    return { reason: 'duplicate-address', node, object: headers.source, values };
  }
  const mode = setting(state, 'rp_filter', link);
  if (mode === 0) return null;
  const { back, unmarked } = wayBackOf(packet, link);
  if (back !== null && (mode === 2 || leavesBy(back, link))) return null;
  const deciding = state.sysctls[settingOf('rp_filter', link)] === String(mode) ? link : 'all';
  const values = {
    ...{ link, source: headers.source, dst: headers.source },
    ...{ key: settingOf('rp_filter', deciding), observed: String(mode) },
    // Without a way back no setting helps: a packet that the filter lets in could not be answered.
    ...(back === null ? {} : { wayDev: back.dev ?? '-', loose: settingOf('rp_filter', link) }),
    ...(unmarked ? { validMark: settingOf('src_valid_mark', link), mark: hex(packet.mark) } : {}),
  };
  return { reason: 'rp-filter', node, object: link, values };
}

/**
 * fib_validate_source: without rp_filter, rules and local routes of the user's own only the addresses of interfaces
 * count, and not a network of the loopback.
 */
function ownSource(state: NodeState, source: string, link: string): boolean {
  const custom =
    state.policies.some((one) => one.family === 'ipv4' && !isUsual(one)) ||
    state.routes.some(
      ({ family, type, protocol }) => family === 'ipv4' && type === 'local' && protocol !== 'kernel',
    );
  if (custom || setting(state, 'rp_filter', link) > 0) return isLocal(state, source);
  return state.links.some(({ addresses }) => addresses.some(({ address }) => sameAddress(address, source)));
}

/**
 * The route back to a packet's source, as __fib_validate_source looks for it: the ends swapped, and with the
 * packet's mark only if src_valid_mark is set. `unmarked`: with its mark the way back would be right.
 */
function wayBackOf(
  { state, headers, mark }: Transit,
  link: string,
): { back: Route | null; unmarked: boolean } {
  const { source, destination } = headers;
  const key = { ...keyTo(source), from: destination };
  const find = (one: number | null) => {
    const routed = routing(state, { ...key, mark: one });
    return routed.kind === 'route' && routed.route.type === 'unicast' ? routed.route : null;
  };
  const marked = setting(state, 'src_valid_mark', link) > 0;
  const back = find(marked ? mark : 0);
  const other = marked || !mark ? null : find(mark);
  return { back, unmarked: other !== null && leavesBy(other, link) };
}

const leavesBy = ({ dev, nexthops }: Route, link: string): boolean =>
  dev === link || nexthops.some((one) => one.dev === link);

const hex = (mark: number | null): string => `0x${(mark ?? 0).toString(16)}`;

/** The node's own packet, or one it gave its own address, comes back to it. */
function sentHere({ context, node, headers, connection: own, role }: Transit): boolean {
  const known = context.connections.get(node) ?? [];
  const before = known.filter((connection) => role !== 'first' || connection !== own);
  return before.some((connection) => sameHeaders(connection.translated, headers));
}

/**
 * The setting that keeps the packet from being forwarded; null where none does. The in link's own value decides
 * (`forwarding` in ip-sysctl.rst); ip_forward sets them all, so it is named where it is off as well.
 */
function closedBy(state: NodeState, destination: string, link: string | null): string | null {
  const v6 = destination.includes(':');
  const all = v6 ? 'net.ipv6.conf.all.forwarding' : 'net.ipv4.ip_forward';
  const own = `net.ipv4.conf.${link}.forwarding`;
  const deciding = state.sysctls[own] === undefined || v6 ? all : own;
  if (state.sysctls[deciding] === '1') return null;
  return state.sysctls[all] === '1' ? deciding : all;
}
