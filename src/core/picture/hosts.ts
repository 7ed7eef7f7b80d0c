import type { Observation } from '../state/observation.ts';

/**
 * The node that a node is inside of: a pod's is at the other end of its cable, and so is a container's; a namespace
 * that has a name is the machine's.
 */
export function hostOf(node: string, nodes: Observation['nodes']): string | null {
  const state = nodes[node];
  if (state === undefined || state.kind === 'machine' || state.kind === 'host') return null;
  const beyond = state.links.find(({ peer }) => peer !== null)?.peer?.node;
  if (state.kind === 'pod') return beyond ?? null;
  const isReal = beyond !== undefined && ['machine', 'host'].includes(nodes[beyond]?.kind ?? '');
  if (state.kind === 'container' && isReal) return beyond;
  return Object.keys(nodes).find((each) => nodes[each]?.kind === 'machine') ?? null;
}
