import { holds } from '../../state/ip.ts';
import type { Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { networkOfOwner } from './missing-route.ts';
import type { Hop } from './packet.ts';
import { lookup, ownersOf } from './routing.ts';

/**
 * The values about the way back of a lost reply. `router`: the last router of the request that knows
 * `network`, to which the reply should go. `back`: its address on a network of the node that lost the reply.
 * `inside`: the network, if it is one of namespaces behind a host, which the world outside need not know;
 * `outside`: any other, to which routes lead.
 */
export function wayBack(
  observation: Observation,
  request: { hops: readonly Pick<Hop, 'node' | 'in' | 'out'>[] },
  lost: string,
  to: string,
): Values {
  for (const hop of request.hops.toReversed()) {
    const node = hop.in === null || hop.out === null ? undefined : observation.nodes[hop.node];
    const route = node === undefined ? null : lookup(node, to);
    if (node === undefined || route === null || hop.node === lost) continue;
    const wide = route.destination === 'default';
    const network = (wide ? networkOfOwner(observation, to) : route.destination) || to;
    const back = gateway(observation, lost, hop.node, to.includes(':') ? 'ipv6' : 'ipv4');
    const side = behindHost(observation, lost, to) ? { inside: network } : { outside: network };
    return {
      router: hop.node,
      network,
      ...side,
      ...(back === null ? {} : { back, ...verb(observation, lost, network) }),
    };
  }
  return {};
}

/**
 * The node where a lost reply leaves the path of its request: it goes out by another interface than the request came in
 * by. `turnBack`: the address there of the node that sent the request on. Empty where there is no such node.
 */
export function turnOff(
  observation: Observation,
  request: readonly Pick<Hop, 'node' | 'in' | 'out'>[],
  reply: readonly Pick<Hop, 'node' | 'in' | 'out'>[],
  to: string,
): Values {
  const family = to.includes(':') ? 'ipv6' : 'ipv4';
  for (const { node, in: link, out } of reply) {
    const at = request.findIndex((hop) => hop.node === node && hop.in !== null && hop.out === link);
    const came = request[at]?.in ?? null;
    if (came === null || out === null || came === out) continue;
    for (const { node: sender } of request.slice(0, at).toReversed()) {
      const turnBack = sender === node ? null : gateway(observation, node, sender, family);
      if (turnBack !== null)
        return { turn: node, turnBack, turnNetwork: networkOfOwner(observation, to) || to };
    }
  }
  return {};
}

/** An address of the router on a network that the node is on as well. */
function gateway(
  observation: Observation,
  node: string,
  router: string,
  wanted: 'ipv4' | 'ipv6',
): string | null {
  const addresses = (name: string) =>
    (observation.nodes[name]?.links ?? []).flatMap((link) =>
      link.kind === 'loopback' ? [] : link.addresses,
    );
  const state = observation.nodes[node];
  const reached = (address: string) => state !== undefined && lookup(state, address) !== null;
  const networks = addresses(node)
    .filter(({ scope, family }) => scope === 'global' && family === wanted)
    .map(({ address, prefix }) => `${address}/${prefix}`);
  return (
    addresses(router).find(
      ({ address }) => networks.some((network) => holds(network, address)) && reached(address),
    )?.address ?? null
  );
}

/** Replies to a namespace get lost in another host: its own host can speak for it. */
function behindHost(observation: Observation, lost: string, to: string): boolean {
  const { nodes } = observation;
  const [owner = ''] = ownersOf(observation, to);
  return ['netns', 'container', 'pod'].includes(nodes[owner]?.kind ?? '') && nodes[lost]?.kind === 'host';
}

/** A route to the very network that leads elsewhere is replaced. */
function verb({ nodes }: Observation, node: string, network: string): Values {
  const known = nodes[node]?.routes.some(
    ({ table, destination }) => table === 'main' && destination === network,
  );
  return { change: known === true ? 'replace' : 'add' };
}
