import { isLinkLocal, isMulticast, sameAddress } from '../../state/ip.ts';
import type { Observation } from '../../state/observation.ts';
import { unanswered } from './arrival.ts';
import type { Finding } from './finding.ts';
import type { Headers } from './packet.ts';
import { isLocal, isLoopback } from './routing.ts';
import { flood, linkOf } from './segment.ts';

/** The other nodes that have an address, on the wires of a node that takes packets for it. */
export function twinsOf(observation: Observation, node: string, address: string): string[] {
  const links = observation.nodes[node]?.links ?? [];
  if (isLoopback(address) || isLinkLocal(address) || isMulticast(address)) return [];
  const near = links
    .filter(({ kind }) => kind !== 'loopback')
    .flatMap((link) => flood(observation, { node, link: link.name }, true).receivers);
  const others = near.filter((port) => {
    const { addresses = [] } = linkOf(observation, port) ?? {};
    const state = observation.nodes[port.node];
    // On the wire with its own link, and not by way of a second network of that node.
    const there = addresses.some((one) => sameAddress(one.address, address));
    return port.node !== node && there && state !== undefined && isLocal(state, address);
  });
  return [...new Set(others.map((port) => port.node))];
}

/** The node took a packet that it does not answer, and another one on its wires has the address and would. */
export function misdelivered(observation: Observation, node: string, headers: Headers): Finding | null {
  const address = headers.destination;
  const twins = twinsOf(observation, node, address).filter((one) => {
    const state = observation.nodes[one];
    return state !== undefined && unanswered(one, state, headers, null) === null;
  });
  const links = observation.nodes[node]?.links ?? [];
  const [own] = links.flatMap(({ name, addresses }) =>
    addresses
      .filter((one) => sameAddress(one.address, address))
      .map(({ prefix }) => ({ link: name, twice: `${address}/${prefix}` })),
  );
  if (twins.length === 0 || own === undefined) return null;
  const values = { address, nodes: [node, ...twins].join(', '), reached: node, ...own };
  return { reason: 'duplicate-address', node, object: address, values };
}
