import { holds, isLinkLocal, sameAddress } from '../../state/ip.ts';
import type { NodeState, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { isLocal, lookup, ownersOf } from './routing.ts';
import { flood, type Port } from './segment.ts';

/**
 * A router on a wire of a node without a route: it has an address in a network of the node, and forwards to the
 * address by another interface, or has it. Empty where none is seen. `onWire`: the interface on whose wire the address
 * itself is, in a network that the node has not.
 * @param ideal by interfaces that are down, too.
 */
export function gatewayTo(
  observation: Observation,
  name: string,
  node: NodeState,
  to: string,
  ideal = false,
): Values {
  const family = to.includes(':') ? 'ipv6' : 'ipv4';
  let onWire: Values = {};
  for (const { name: link, up, addresses } of node.links) {
    const networks = addresses.filter((one) => one.family === family && one.scope === 'global');
    if (!up || networks.length === 0) continue;
    for (const port of flood(observation, { node: name, link }, ideal).receivers) {
      const router = observation.nodes[port.node];
      if (router === undefined || port.node === name || !passesOn(router, port, to)) continue;
      const own = router.links.find((one) => one.name === port.link)?.addresses ?? [];
      const near = own.find(({ address }) =>
        networks.some((one) => holds(`${one.address}/${one.prefix}`, address)),
      );
      if (near !== undefined) return { gateway: near.address };
      if (own.some(({ address }) => sameAddress(address, to))) onWire = { onWire: link };
    }
  }
  return onWire;
}

function passesOn(router: NodeState, { link }: Port, to: string): boolean {
  if (isLocal(router, to)) return true;
  const key = to.includes(':') ? 'net.ipv6.conf.all.forwarding' : 'net.ipv4.ip_forward';
  const route = lookup(router, to);
  return router.sysctls[key] === '1' && route?.type === 'unicast' && route.dev !== link;
}

/** An address that no node has any more, and the interface whose MAC address a neighbour still has for it. */
interface Former {
  /** With the length of the neighbour's network. */
  address: string;
  at: Port;
  knownBy: string;
}

/** What the neighbours of an observation still know of addresses that are gone. */
function formerAddresses(observation: Observation): Former[] {
  const nodes = Object.entries(observation.nodes);
  return nodes.flatMap(([knownBy, state]) =>
    state.neighbours.flatMap(({ address, mac, dev }): Former[] => {
      const near = state.links
        .find(({ name }) => name === dev)
        ?.addresses.find((one) => holds(`${one.address}/${one.prefix}`, address));
      // A link-local address comes with the interface.
      if (near === undefined || mac === null || isLinkLocal(address)) return [];
      if (ownersOf(observation, address).length > 0) return [];
      const owners = nodes.flatMap(([node, { links }]) =>
        links
          .filter((one) => one.mac === mac && one.kind !== 'loopback')
          .map((one) => ({ node, link: one.name })),
      );
      const [at] = owners;
      // A bridge has the MAC address of one of its ports.
      if (at === undefined || owners.length > 1) return [];
      return [{ address: `${address}/${near.prefix}`, at, knownBy }];
    }),
  );
}

/** The address that an interface without one had. */
export function addressBefore(observation: Observation, at: Port, family: 'ipv4' | 'ipv6'): Values {
  const known = formerAddresses(observation).find(
    (one) =>
      one.at.node === at.node && one.at.link === at.link && one.address.includes(':') === (family === 'ipv6'),
  );
  if (known !== undefined) return { address: known.address, knownBy: known.knownBy };
  return gatewayBefore(observation, at, family);
}

/** A gateway of another node on the wire that no node has any more: it was this one's, if none else there is bare. */
function gatewayBefore(observation: Observation, at: Port, family: 'ipv4' | 'ipv6'): Values {
  const wire = flood(observation, at).receivers.filter(({ node }) => node !== at.node);
  const globals = ({ node, link }: Port) =>
    (observation.nodes[node]?.links.find(({ name }) => name === link)?.addresses ?? []).filter(
      (one) => one.family === family && !isLinkLocal(one.address),
    );
  if (globals(at).length > 0 || wire.some((port) => globals(port).length === 0)) return {};
  const found = wire.flatMap((port) => {
    const routes = observation.nodes[port.node]?.routes ?? [];
    return routes.flatMap(({ via, dev }) => {
      const near = globals(port).find((one) => via !== null && holds(`${one.address}/${one.prefix}`, via));
      if (via === null || dev !== port.link || near === undefined) return [];
      return ownersOf(observation, via).length > 0 ? [] : [`${via}/${near.prefix}`];
    });
  });
  const [only, ...others] = [...new Set(found)];
  return only === undefined || others.length > 0 ? {} : { address: only };
}

/** The interface that had an address for which no node answers. */
export function ownerBefore(observation: Observation, address: string): Values {
  const known = formerAddresses(observation).find((one) => isOf(one.address, address));
  if (known === undefined) return {};
  const { at, knownBy } = known;
  return { former: known.address, knownBy, peer: `${at.node}:${at.link}` };
}

/** The interface of a router on this wire that has no address, where the gateway can only be its own. */
export function routerBefore(observation: Observation, start: Port, gateway: string): Values {
  const family = gateway.includes(':') ? 'ipv6' : 'ipv4';
  const key = family === 'ipv6' ? 'net.ipv6.conf.all.forwarding' : 'net.ipv4.ip_forward';
  for (const at of flood(observation, start).receivers) {
    if (at.node === start.node || observation.nodes[at.node]?.sysctls[key] !== '1') continue;
    const { address = '' } = gatewayBefore(observation, at, family);
    if (isOf(address, gateway))
      return { former: address, lacking: `${at.node}:${at.link}`, peer: `${at.node}:${at.link}` };
  }
  return {};
}

const isOf = (whole: string, address: string): boolean => sameAddress(whole.split('/')[0] ?? '', address);
