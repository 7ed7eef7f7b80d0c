import type { Route } from '../../core/state/observation.ts';

/** A route in the words of `ip -j -d route`. */
export interface IpRoute {
  family: Route['family'];
  type?: string;
  dst: string;
  /** In hexadecimal: `0x10`. */
  tos?: string;
  gateway?: string;
  /** A gateway of the other family. */
  via?: { host: string };
  dev?: string;
  table?: string;
  protocol?: string;
  scope?: string;
  prefsrc?: string;
  metric?: number;
  mtu?: number;
  hoplimit?: number;
  /** Router preference of an IPv6 route: `low`, `medium` or `high`. */
  pref?: string;
  nexthops?: { gateway?: string; via?: { host: string }; dev?: string; weight?: number }[];
}

/** Destinations always have their prefix length. */
export function routeOf(route: IpRoute): Route {
  const { family } = route;
  const bits = family === 'ipv4' ? 32 : 128;
  const type = route.type ?? 'unicast';
  return {
    family,
    table: route.table ?? 'main',
    type,
    destination: route.dst === 'default' || route.dst.includes('/') ? route.dst : `${route.dst}/${bits}`,
    via: route.gateway ?? route.via?.host ?? null,
    dev: route.dev ?? null,
    nexthops: (route.nexthops ?? []).map(({ gateway, via, dev, weight }) => ({
      ...{ via: gateway ?? via?.host ?? null, dev: dev ?? '', weight: weight ?? 1 },
    })),
    source: route.prefsrc ?? null,
    metric: route.metric ?? 0,
    ...(route.tos === undefined ? {} : { tos: Number(route.tos) }),
    scope: route.scope ?? 'global',
    protocol: route.protocol ?? 'boot',
    ...preferenceOf(route.pref),
    ...(route.mtu === undefined ? {} : { mtu: route.mtu }),
    text: textOf(route, type),
  };
}

/** What `pref` of `ip -6 route` says, where it is not the usual. */
export const preferenceOf = (pref: string | null | undefined): Pick<Route, 'preference'> =>
  pref === 'high' || pref === 'low' ? { preference: pref } : {};

/** As `ip route` prints it without `-d`, without the fields that no code reads. */
function textOf(route: IpRoute, type: string): string {
  return [
    ...(type === 'unicast' ? [] : [type]),
    route.dst,
    ...(route.tos === undefined ? [] : ['tos', route.tos]),
    ...(route.gateway ? ['via', route.gateway] : []),
    ...(route.via ? ['via', 'inet6', route.via.host] : []),
    ...(route.dev ? ['dev', route.dev] : []),
    ...(route.protocol && route.protocol !== 'boot' ? ['proto', route.protocol] : []),
    ...(route.scope && route.scope !== 'global' ? ['scope', route.scope] : []),
    ...(route.prefsrc ? ['src', route.prefsrc] : []),
    ...(route.metric ? ['metric', String(route.metric)] : []),
    ...(route.mtu === undefined ? [] : ['mtu', String(route.mtu)]),
    ...(route.hoplimit === undefined ? [] : ['hoplimit', String(route.hoplimit)]),
    ...(route.pref === 'high' || route.pref === 'low' ? ['pref', route.pref] : []),
    // Tables that `ip route` shows without being asked for them have no name in its lines.
    ...(route.table && !['main', 'local', 'default'].includes(route.table) ? ['table', route.table] : []),
    ...(route.nexthops ?? []).flatMap(({ gateway, via, dev, weight }) => [
      'nexthop',
      ...(gateway || via ? ['via', gateway ?? via?.host ?? ''] : []),
      ...(dev ? ['dev', dev] : []),
      ...['weight', String(weight ?? 1)],
    ]),
  ].join(' ');
}
