import type { Route } from '../../../core/state/observation.ts';
import { attributesOf, viewOf } from '../../trace/netlink.ts';
import { type IpRoute, routeOf } from '../routes.ts';
import { families, u32 } from './messages.ts';
import type { Names } from './names.ts';
import type { NameOf } from './neighbour.ts';
import { addressText, routeTypeText, scopeText, tosText } from './texts.ts';

/** RTA_... (linux/rtnetlink.h), RTAX_MTU, RTAX_HOPLIMIT, RTM_F_CLONED. */
const own = {
  ...{
    destination: 1,
    dev: 4,
    gateway: 5,
    metric: 6,
    source: 7,
    metrics: 8,
    multipath: 9,
    table: 15,
    via: 18,
    preference: 20,
  },
} as const;
const [mtu, hopLimit, cloned] = [2, 10, 0x200];
/** ICMPV6_ROUTER_PREF_... (linux/icmpv6.h). */
const preferences = ['medium', 'high', undefined, 'low'];

/** Null for messages that are no route of IPv4 or IPv6, and for the kernel's copy of one. */
export function routeIn(body: Uint8Array, nameOf: NameOf, names: Names): Route | null {
  const [family = 0, bits = 0, , tos = 0, shortTable = 0, protocol = 0, scope = 0, type = 0] = body;
  if (family !== families.ipv4 && family !== families.ipv6) return null;
  if (viewOf(body).getUint32(8, true) & cloned) return null;
  const attributes = attributesOf(body.subarray(12));
  const [gateway, via, source, dev] = [
    attributes.get(own.gateway),
    attributes.get(own.via),
    attributes.get(own.source),
    u32(attributes.get(own.dev)),
  ];
  const metric = u32(attributes.get(own.metric));
  const pref = preferences[attributes.get(own.preference)?.[0] ?? 0];
  const metrics = attributesOf(attributes.get(own.metrics));
  const [limit, hops] = [u32(metrics.get(mtu)), u32(metrics.get(hopLimit))];
  return routeOf({
    family: family === families.ipv6 ? 'ipv6' : 'ipv4',
    type: routeTypeText(type),
    dst: destinationText(attributes.get(own.destination), bits),
    table: names.table(u32(attributes.get(own.table)) ?? shortTable),
    protocol: names.protocol(protocol),
    scope: scopeText(scope),
    ...(tos === 0 ? {} : { tos: tosText(tos) }),
    ...(gateway === undefined ? {} : { gateway: addressText(gateway) }),
    ...(via === undefined ? {} : { via: { host: addressText(via.subarray(2)) } }),
    ...(dev === undefined ? {} : { dev: nameOf(dev) }),
    ...(source === undefined ? {} : { prefsrc: addressText(source) }),
    ...(metric === undefined ? {} : { metric }),
    ...(limit === undefined ? {} : { mtu: limit }),
    ...(hops === undefined ? {} : { hoplimit: hops }),
    ...(pref === undefined ? {} : { pref }),
    nexthops: nexthopsIn(attributes.get(own.multipath), nameOf),
  });
}

function destinationText(address: Uint8Array | undefined, bits: number): string {
  if (address === undefined) return bits === 0 ? 'default' : `0/${bits}`;
  return bits === address.length * 8 ? addressText(address) : `${addressText(address)}/${bits}`;
}

/** struct rtnexthop, each with attributes of its own. */
function nexthopsIn(bytes: Uint8Array | undefined, nameOf: NameOf): NonNullable<IpRoute['nexthops']> {
  const found: NonNullable<IpRoute['nexthops']> = [];
  if (bytes === undefined) return found;
  const view = viewOf(bytes);
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = view.getUint16(at, true);
    if (size < 8 || at + size > bytes.length) break;
    const attributes = attributesOf(bytes.subarray(at + 8, at + size));
    const [gateway, via] = [attributes.get(own.gateway), attributes.get(own.via)];
    found.push({
      dev: nameOf(view.getInt32(at + 4, true)),
      weight: (bytes[at + 3] ?? 0) + 1,
      ...(gateway === undefined ? {} : { gateway: addressText(gateway) }),
      // struct rtvia: the family stands in front of the address.
      ...(via === undefined ? {} : { via: { host: addressText(via.subarray(2)) } }),
    });
    at += (size + 3) & ~3;
  }
  return found;
}
