import { holds, isLinkLocal, isMulticast, networkOf, sameAddress } from '../../state/ip.ts';
import type { Link, NodeState, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { addressBefore } from './derived.ts';
import type { Finding } from './finding.ts';
import { wayTo } from './no-way.ts';
import { obstacleFinding } from './obstacle.ts';
import { addressesOf, aloneOnWire, text, tooNarrow } from './own-network.ts';
import { jumpOver, keyTo, type RouteKey } from './policy.ts';
import { deadLink, routing } from './routing.ts';
import { flood, linkOf } from './segment.ts';
import { serviceBehind } from './service-port.ts';
import { settingOf, tooTight, withoutIpv6 } from './settings.ts';
import { slippedRoute } from './slipped-route.ts';
import { ownerOf } from './unreached.ts';

/**
 * Why a node has no route to an address. The kernel makes the route to a connected network from the link's
 * address and removes it when the link goes down, so the cause is often there and not in the table.
 */
/** @param key what the routing policy was asked with. */
export function missingRoute(
  observation: Observation,
  name: string,
  node: NodeState,
  to: string,
  key = keyTo(to),
): Finding {
  const links = node.links.filter((link) => link.kind !== 'loopback');
  const addressed = links.filter((link) => addressesOf(link, to).length > 0);
  const [some] = addressed;
  const fallen = fallenInterface(observation, name, links, to);
  if (fallen !== null)
    return { reason: 'link-down', node: name, object: fallen, values: { link: fallen, dst: to } };
  const bare = bareTowards(observation, name, addressed, links, to);
  if (some === undefined || bare !== null)
    return {
      reason: 'no-address',
      node: name,
      object: null,
      values: noAddress(observation, name, bare, links, to, node),
    };
  const connected = addressed.find((link) => addressesOf(link, to).some((one) => holds(text(one), to)));
  const down = connected ?? (addressed.every((link) => !link.up) ? some : undefined);
  if (down !== undefined && !down.up) {
    return { reason: 'link-down', node: name, object: down.name, values: { link: down.name, dst: to } };
  }
  const narrow =
    connected === undefined
      ? (tooNarrow(observation, addressed, to) ?? aloneOnWire(observation, name, node, addressed, to))
      : null;
  if (narrow !== null)
    return { reason: 'wrong-prefix', node: name, object: narrow.observed, values: { ...narrow, dst: to } };
  const gone = addressGone(observation, name, links, to);
  if (gone !== null) {
    const own = links.find((link) => link.name === gone.link);
    const values = { dst: to, ...gone, ...(own === undefined ? {} : tooTight(own, to)) };
    return { reason: 'no-address', node: name, object: gone.address, values };
  }
  const lost = connectedRoute(node, addressed, to);
  if (lost !== null) return { reason: 'no-route', node: name, object: to, values: { dst: to, ...lost } };
  const unused = passedOver(node, to) ?? jumpedOver(node, key);
  if (unused !== null) return { reason: 'no-route', node: name, object: to, values: { dst: to, ...unused } };
  if (isMulticast(to)) return toGroup(name, addressed, to);
  const dead = deadLink(node, to);
  if (dead !== null) return ignored(observation, name, dead, to);
  const network = networkOfOwner(observation, to);
  const values = {
    ...{ dst: to, network, ...slippedRoute(observation, node, network, to) },
    ...wayTo(observation, name, node, to),
    ...serviceBehind(observation, node, to),
  };
  return { reason: 'no-route', node: name, object: to, values };
}

/**
 * An interface that is down, and has lost its IPv6 addresses by that (addrconf_ifdown): on its wire is the target's
 * network.
 */
function fallenInterface(observation: Observation, node: string, links: Link[], to: string): string | null {
  if (!to.includes(':')) return null;
  const bare = links.filter((link) => !link.up && link.master === null && addressesOf(link, to).length === 0);
  const leads = ({ name: link }: Link) =>
    flood(observation, { node, link }, true).receivers.some(
      (port) =>
        port.node !== node &&
        (linkOf(observation, port)?.addresses ?? []).some(
          (one) => !isLinkLocal(one.address) && holds(text(one), to),
        ),
    );
  return bare.find(leads)?.name ?? null;
}

/** An address in the target's network that an interface had: a neighbour still has its MAC address for it. */
function addressGone(observation: Observation, node: string, links: Link[], to: string) {
  const family = to.includes(':') ? 'ipv6' : 'ipv4';
  for (const { name: link, up } of links) {
    const { address } = up ? addressBefore(observation, { node, link }, family) : {};
    if (address !== undefined && holds(address, to)) return { link, address };
  }
  return null;
}

/** A route of table main, which no rule has the packet take: the rule for it is gone, or passes over such routes. */
function passedOver(node: NodeState, to: string): Values | null {
  const family = to.includes(':') ? 'ipv6' : 'ipv4';
  const usual = node.policies.some(
    ({ family: own, priority, action }) =>
      own === family && priority === 32766 && action.kind === 'table' && action.table === 'main',
  );
  const known = node.policies.some((one) => one.family === family);
  const route = node.routes.find(
    ({ table, type, destination, family: own }) =>
      table === 'main' && type === 'unicast' && own === family && holds(destination, to),
  );
  return usual || !known || route === undefined ? null : { passedOver: 'main', hidden: route.text };
}

/** A route of table main, whose rule lies between a rule of the type `goto` and the one that it leads to. */
function jumpedOver(node: NodeState, key: RouteKey): Values | null {
  const jump = jumpOver(node, key, 'main');
  if (jump === null) return null;
  const without = { ...node, policies: node.policies.filter((one) => one !== jump) };
  const routed = routing(without, key);
  return routed.kind === 'route' && routed.route.table === 'main'
    ? { passedOver: 'main', hidden: routed.route.text, jump: jump.text, jumpPriority: String(jump.priority) }
    : null;
}

/** Packets to a group go out of one interface, which a route must name. */
function toGroup(node: string, links: Link[], group: string): Finding {
  const [only, ...more] = links;
  const values = { dst: group, group, link: more.length > 0 ? '' : (only?.name ?? '') };
  return { reason: 'no-route', node, object: group, values };
}

/** There is a route, by a link without carrier, and the node takes no such route. */
function ignored(observation: Observation, node: string, link: string, to: string): Finding {
  const finding = obstacleFinding(observation, 'no-carrier', { node, link });
  const ignoring = settingOf('ignore_routes_with_linkdown', link);
  return { ...finding, values: { ...finding.values, ignoring, dst: to } };
}

/** The route that comes with an address, if it was deleted: that to the target, or to every gateway. */
function connectedRoute(node: NodeState, addressed: Link[], to: string): Values | null {
  const family = to.includes(':') ? 'ipv6' : 'ipv4';
  const ways = node.routes.filter(
    (route) => route.family === family && route.table === 'main' && route.type === 'unicast',
  );
  const none = ways.every(({ destination }) => destination.startsWith('fe80:'));
  for (const link of addressed) {
    for (const one of addressesOf(link, to)) {
      const network = networkOf(one.address, one.prefix);
      const there = ways.some(({ destination, dev }) => destination === network && dev === link.name);
      if (there || !link.up || one.prefix >= (family === 'ipv6' ? 128 : 32)) continue;
      if (none || holds(network, to)) return { network, own: one.address, link: link.name };
    }
  }
  return null;
}

/** The network an address is in, by its owner's prefix; empty if no node in the lab has it. */
export function networkOfOwner(observation: Observation, address: string): string {
  const owner = ownerOf(observation, address);
  const link = owner === null ? null : linkOf(observation, owner);
  const own = link?.addresses.find((one) => sameAddress(one.address, address));
  return own === undefined ? '' : networkOf(own.address, own.prefix);
}

function noAddress(
  observation: Observation,
  name: string,
  bare: Bare | null,
  links: Link[],
  to: string,
  node: NodeState,
): Record<string, string> {
  const link = bare?.link ?? links.find((one) => one.up) ?? links[0];
  const disabledKey = to.includes(':') && link !== undefined ? withoutIpv6(node, link.name) : null;
  const local = to.includes(':') ? link?.addresses.find(({ address }) => isLinkLocal(address)) : undefined;
  const family = to.includes(':') ? 'ipv6' : 'ipv4';
  const had = link === undefined ? {} : addressBefore(observation, { node: name, link: link.name }, family);
  const values = {
    ...{ dst: to, link: link?.name ?? '', address: '', towards: bare?.towards ?? '', ...had },
    ...(link === undefined ? {} : { ...onLoopback(observation, name, link, to), ...tooTight(link, to) }),
  };
  if (disabledKey !== null) return { ...values, disabledKey };
  return local === undefined ? values : { ...values, local: local.address };
}

/** An address of this link's wire is on the loopback: its network is the node's own there (fib_add_ifaddr). */
export function onLoopback(
  observation: Observation,
  node: string,
  { name: link }: Pick<Link, 'name'>,
  to: string,
): Values {
  const { receivers } = flood(observation, { node, link });
  const near = receivers.flatMap((port) => {
    const { addresses = [] } = (port.node === node ? null : linkOf(observation, port)) ?? {};
    return addresses.map(({ address }) => address);
  });
  const lo = observation.nodes[node]?.links.find(({ kind }) => kind === 'loopback');
  const own = lo === undefined ? [] : addressesOf(lo, to).filter(({ scope }) => scope === 'global');
  const onLo = own.map(text).find((one) => near.some((address) => holds(one, address)));
  return onLo === undefined ? {} : { onLo, lo: lo?.name ?? '' };
}

interface Bare {
  link: Link;
  towards: string;
}

/** The link without an address whose wire leads to the target's owner, where no link with one does. */
function bareTowards(
  observation: Observation,
  node: string,
  addressed: Link[],
  links: Link[],
  to: string,
): Bare | null {
  const owner = ownerOf(observation, to);
  if (owner === null || owner.node === node) return null;
  const leads = ({ name: link }: Link) =>
    flood(observation, { node, link }).receivers.some((port) => port.node === owner.node);
  if (addressed.some(leads)) return null;
  const link = links.find((one) => one.master === null && !addressed.includes(one) && leads(one));
  return link === undefined ? null : { link, towards: owner.node };
}
