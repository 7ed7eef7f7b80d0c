import { holds, isLinkLocal, isMulticast, parseIp, sameAddress } from '../../state/ip.ts';
import type { Address, NodeState, Route } from '../../state/observation.ts';

/** An address that a node may send from, and the interface that has it. */
export interface OwnAddress extends Address {
  dev: string;
}

/**
 * The source address of a node's own packets by a route: the route's own `src`, else the choice of
 * inet_select_addr (IPv4) or ipv6_dev_get_saddr (IPv6, RFC 6724).
 */
export function sourceFor(node: NodeState, route: Route, destination: string): string | null {
  if (route.source !== null) return route.source;
  const all = addressesOf(node, route.family);
  return (route.family === 'ipv4' ? ofIpv4(all, route) : ofIpv6(all, route, destination))?.address ?? null;
}

/** All addresses that a node may send from, in the order of its kernel. */
export function addressesOf({ links, routes }: NodeState, family: Route['family']): OwnAddress[] {
  const all = links.flatMap(({ name, up, addresses }) =>
    addresses.filter((one) => one.family === family).map((one) => ({ dev: name, up, ...one })),
  );
  if (family === 'ipv4') return all;
  // IPv6 sends from no address that another node was found to have: such a one has no route of the table `local`.
  const own = routes.filter(
    ({ type, table, family: of }) => type === 'local' && table === 'local' && of === family,
  );
  return all.filter(
    ({ up, address }) =>
      !up || own.length === 0 || own.some(({ destination }) => holds(destination, address)),
  );
}

/** Scopes from the widest on, as the kernel numbers them (rtnetlink.h). */
const scopes = ['global', 'site', 'link', 'host', 'nowhere'];
const width = (scope: string): number => Math.max(scopes.indexOf(scope), 0);

/** Whether an address is valid as far as this route leads: by a gateway, only one of scope global is. */
export const reaches = ({ scope }: Address, route: Route): boolean => width(scope) <= width(route.scope);

function ofIpv4(all: readonly OwnAddress[], route: Route): OwnAddress | undefined {
  const { via } = route;
  const able = all.filter((one) => one.secondary !== true && reaches(one, route));
  const own = able.filter(({ dev }) => dev === route.dev);
  const near = via === null ? undefined : own.find((one) => holds(`${one.address}/${one.prefix}`, via));
  return near ?? own[0] ?? able.find(({ scope }) => scope !== 'link');
}

/** The default table of `ip addrlabel`: networks that fit each other have one label. */
const labels: [string, number][] = [
  ...([
    ['::1/128', 0],
    ['2002::/16', 2],
    ['::/96', 3],
    ['::ffff:0:0/96', 4],
    ['2001::/32', 6],
  ] as const),
  ...([
    ['2001:10::/28', 7],
    ['fec0::/10', 11],
    ['3ffe::/16', 12],
    ['fc00::/7', 5],
    ['::/0', 1],
  ] as const),
].map(([prefix, label]) => [prefix, label]);
export const labelOf = (address: string): number =>
  labels.find(([prefix]) => holds(prefix, address))?.[1] ?? 1;

/** Bits that two addresses share, as far as the prefix of the source goes. */
function shared({ address, prefix }: Address, destination: string): number {
  const [one, other] = [parseIp(address), parseIp(destination)];
  if (one === null || other === null) return 0;
  const first = (one.value ^ other.value).toString(2).length;
  return Math.min(one.value === other.value ? 128 : 128 - first, prefix);
}

function ofIpv6(all: readonly OwnAddress[], route: Route, destination: string): OwnAddress | undefined {
  const near = isLinkLocal(destination) || isMulticast(destination);
  const points = (one: OwnAddress): number[] => [
    Number(sameAddress(one.address, destination)),
    scopePoints(one, destination),
    Number(one.deprecated !== true),
    Number(one.dev === route.dev),
    Number(labelOf(one.address) === labelOf(destination)),
    shared(one, destination),
  ];
  const able = all.filter(({ dev, scope }) => scope !== 'host' && (!near || dev === route.dev));
  // Of equals the first in the kernel's order.
  return able.toSorted((one, other) => {
    const [a, b] = [points(one), points(other)];
    const at = a.findIndex((value, index) => value !== b[index]);
    return at < 0 ? 0 : (b[at] ?? 0) - (a[at] ?? 0);
  })[0];
}

/** An address of no smaller scope than the destination is better than one of a smaller. */
function scopePoints({ address }: OwnAddress, destination: string): number {
  const [own, wanted] = [address, destination].map((one) => (isLinkLocal(one) ? 1 : 2));
  if (own === undefined || wanted === undefined) return 0;
  return own >= wanted ? 10 - own : own - 10;
}
