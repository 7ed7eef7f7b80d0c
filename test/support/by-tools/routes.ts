import { z } from 'zod';
import type { Route } from '../../../src/core/state/observation.ts';
import { routeOf as inWords } from '../../../src/kernel/observe/routes.ts';

/** An entry of `ip -j -d route show table all`, which prints both families. */
export const routeSchema = z.object({
  type: z.string().exactOptional(),
  dst: z.string(),
  tos: z.string().exactOptional(),
  gateway: z.string().exactOptional(),
  via: z.object({ host: z.string() }).exactOptional(),
  dev: z.string().exactOptional(),
  table: z.string().exactOptional(),
  protocol: z.string().exactOptional(),
  scope: z.string().exactOptional(),
  prefsrc: z.string().exactOptional(),
  metric: z.number().exactOptional(),
  metrics: z
    .array(z.object({ mtu: z.number().exactOptional(), hoplimit: z.number().exactOptional() }))
    .exactOptional(),
  nexthops: z
    .array(
      z.object({
        gateway: z.string().exactOptional(),
        via: z.object({ host: z.string() }).exactOptional(),
        dev: z.string().exactOptional(),
        weight: z.number().exactOptional(),
      }),
    )
    .exactOptional(),
  /** Router preference (RFC 4191): every IPv6 route has one, no IPv4 route does. */
  pref: z.string().exactOptional(),
});

export function routeOf({ metrics, ...route }: z.infer<typeof routeSchema>): Route {
  const mtu = metrics?.find((one) => one.mtu !== undefined)?.mtu;
  const hoplimit = metrics?.find((one) => one.hoplimit !== undefined)?.hoplimit;
  const family = route.pref !== undefined || route.dst.includes(':') ? 'ipv6' : 'ipv4';
  return inWords({
    ...route,
    family,
    ...(mtu === undefined ? {} : { mtu }),
    ...(hoplimit === undefined ? {} : { hoplimit }),
  });
}
