import { holds, isLinkLocal, networkOf, parseIp, sameAddress, writeIp } from '../../state/ip.ts';
import type { Link, NodeState, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { gatewayTo } from './derived.ts';
import { lookup, otherTable, ownersOf } from './routing.ts';
import { flood, linkOf } from './segment.ts';

/**
 * The way to an address without a route: a route of the type throw that ends the search in its table, else a router
 * (derived.ts); where none is reached, the interface that is down and leads to one, or an address of the node in a
 * network that no other node on its wire is in.
 */
export function wayTo(observation: Observation, name: string, node: NodeState, to: string): Values {
  const router = { ...gatewayTo(observation, name, node, to), ...thrown(node, to) };
  if (Object.keys(router).length > 0) return router;
  return idleInterface(observation, name, node, to) ?? strangeNetwork(observation, name, node, to);
}

/** A route of the type throw without which the node has one. */
function thrown(node: NodeState, to: string): Values | null {
  const route = node.routes.find(({ type, destination }) => type === 'throw' && holds(destination, to));
  if (route === undefined) return null;
  const without = { ...node, routes: node.routes.filter((one) => one !== route) };
  if (lookup(without, to) === null) return null;
  const table = otherTable(route) === '' ? '' : ` table ${route.table}`;
  return { thrown: `throw ${route.destination}${table}` };
}

/** An interface that is down, and would reach a router. */
function idleInterface(observation: Observation, name: string, node: NodeState, to: string): Values | null {
  for (const link of node.links) {
    if (link.up || link.kind === 'loopback') continue;
    const raised = { ...node, links: [{ ...link, up: true }] };
    const { gateway } = gatewayTo(observation, name, raised, to, true);
    if (gateway !== undefined) return { idle: link.name, idleGateway: gateway };
  }
  return null;
}

/** The only address of an interface is in none of the networks on its wire, nor does it hold any address there. */
function strangeNetwork(observation: Observation, name: string, node: NodeState, to: string): Values {
  const family = to.includes(':') ? 'ipv6' : 'ipv4';
  const globals = (link: Link | null) =>
    (link?.addresses ?? []).filter((one) => one.family === family && !isLinkLocal(one.address));
  for (const link of node.links) {
    const [own, ...more] = globals(link);
    if (own === undefined || more.length > 0 || link.kind === 'loopback' || !link.up) continue;
    const { receivers } = flood(observation, { node: name, link: link.name });
    const near = receivers
      .filter((port) => port.node !== name)
      .flatMap((port) => globals(linkOf(observation, port)));
    const [first] = near;
    const known = near.some(
      (one) =>
        holds(`${one.address}/${one.prefix}`, own.address) ||
        holds(`${own.address}/${own.prefix}`, one.address),
    );
    if (first === undefined || known) continue;
    const fitting = inNetwork(own.address, first);
    if (fitting === null || ownersOf(observation, fitting).length > 0 || sameAddress(fitting, to)) continue;
    const wireNetwork = networkOf(first.address, first.prefix);
    const strange = `${own.address}/${own.prefix}`;
    return { strange, strangeLink: link.name, fitting: `${fitting}/${first.prefix}`, wireNetwork };
  }
  return {};
}

/** The address with the first bits of another network: what it was meant to be, if its network was mistyped. */
function inNetwork(address: string, { address: other, prefix }: Link['addresses'][number]): string | null {
  const [own, base] = [parseIp(address), parseIp(other)];
  if (own === null || base === null) return null;
  const rest = BigInt((own.family === 'ipv4' ? 32 : 128) - prefix);
  const host = own.value & ((1n << rest) - 1n);
  return host === 0n ? null : writeIp({ family: own.family, value: ((base.value >> rest) << rest) | host });
}
