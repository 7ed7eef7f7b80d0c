import { sameAddress } from '../../state/ip.ts';
import type { NodeState, Observation } from '../../state/observation.ts';
import type { Finding } from './finding.ts';
import { onLoopback } from './missing-route.ts';
import { isLocal, isLoopback } from './routing.ts';

/**
 * A packet for another node that its sender takes for its own: an address on the loopback has all of its network there
 * (fib_add_ifaddr).
 */
export function keptNetwork(
  observation: Observation,
  node: string,
  state: NodeState,
  to: string,
): Finding | null {
  const held = state.links.some(({ addresses }) => addresses.some(({ address }) => sameAddress(address, to)));
  if (held || isLoopback(to) || !isLocal(state, to)) return null;
  for (const link of state.links) {
    const on = link.kind === 'loopback' || !link.up ? {} : onLoopback(observation, node, link, to);
    if (on.onLo === undefined) continue;
    return {
      reason: 'no-address',
      node,
      object: null,
      values: { dst: to, link: link.name, address: '', ...on },
    };
  }
  return null;
}
