import { z } from 'zod';
import type { Route } from '../../core/state/observation.ts';

/** An entry of `ip -j -d route show table all`, which prints both families. */
export const routeSchema = z.object({
  type: z.string().optional(),
  dst: z.string(),
  gateway: z.string().optional(),
  dev: z.string().optional(),
  table: z.string().optional(),
  protocol: z.string().optional(),
  scope: z.string().optional(),
  prefsrc: z.string().optional(),
  metric: z.number().optional(),
  metrics: z.array(z.object({ mtu: z.number().optional() })).optional(),
  nexthops: z
    .array(
      z.object({
        gateway: z.string().optional(),
        via: z.object({ host: z.string() }).optional(),
        dev: z.string().optional(),
        weight: z.number().optional(),
      }),
    )
    .optional(),
  /** Router preference (RFC 4191): every IPv6 route has one, no IPv4 route does. */
  pref: z.string().optional(),
});
type IpRoute = z.infer<typeof routeSchema>;

/** Destinations always have their prefix length. */
export function routeOf(route: IpRoute): Route {
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
    nexthops: (route.nexthops ?? []).map(({ gateway, via, dev, weight }) => ({
      ...{ via: gateway ?? via?.host ?? null, dev: dev ?? '', weight: weight ?? 1 },
    })),
    source: route.prefsrc ?? null,
    metric: route.metric ?? 0,
    scope: route.scope ?? 'global',
    protocol: route.protocol ?? 'boot',
    ...(mtuOf(route) === undefined ? {} : { mtu: mtuOf(route) as number }),
    text: textOf(route, type),
  };
}

const mtuOf = ({ metrics }: IpRoute) => metrics?.find(({ mtu }) => mtu !== undefined)?.mtu;

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
    ...(mtuOf(route) === undefined ? [] : ['mtu', String(mtuOf(route))]),
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
