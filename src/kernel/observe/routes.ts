import type { Route } from '../../core/state/observation.ts';

interface IpRoute {
  type?: string;
  dst: string;
  gateway?: string;
  dev?: string;
  table?: string;
  protocol?: string;
  scope?: string;
  prefsrc?: string;
  metric?: number;
  /** Router preference (RFC 4191): every IPv6 route has one, no IPv4 route does. */
  pref?: string;
}

/** `ip -j -d route show table all`, both families -> routes, destinations always with their prefix length. */
export function parseRoutes(raw: readonly unknown[]): Route[] {
  return (raw as IpRoute[]).filter(({ dst }) => dst !== undefined).map(routeOf);
}

function routeOf(route: IpRoute): Route {
  const family = route.pref !== undefined || route.dst.includes(':') ? 'ipv6' : 'ipv4';
  const bits = family === 'ipv4' ? 32 : 128;
  const type = route.type ?? 'unicast';
  return {
    family,
    table: route.table ?? 'main',
    type,
    destination: route.dst === 'default' || route.dst.includes('/') ? route.dst : `${route.dst}/${bits}`,
    via: route.gateway ?? null,
    dev: route.dev ?? null,
    source: route.prefsrc ?? null,
    metric: route.metric ?? 0,
    scope: route.scope ?? 'global',
    protocol: route.protocol ?? 'boot',
    text: textOf(route, type),
  };
}

/** As `ip route` prints it without `-d`, less what nobody reads. */
function textOf(route: IpRoute, type: string): string {
  return [
    ...(type === 'unicast' ? [] : [type]),
    route.dst,
    ...(route.gateway ? ['via', route.gateway] : []),
    ...(route.dev ? ['dev', route.dev] : []),
    ...(route.protocol && route.protocol !== 'boot' ? ['proto', route.protocol] : []),
    ...(route.scope && route.scope !== 'global' ? ['scope', route.scope] : []),
    ...(route.prefsrc ? ['src', route.prefsrc] : []),
    ...(route.metric ? ['metric', String(route.metric)] : []),
  ].join(' ');
}
