import type { ProbeResult } from '../../../src/core/probe/probe.ts';
import { holds } from '../../../src/core/state/ip.ts';
import type { Observation } from '../../../src/core/state/observation.ts';

/** A ping over one cable, or to the node itself: as far as the labs of unit tests go. */
export function pinged({ nodes }: Observation, from: string, to: string): ProbeResult {
  const node = nodes[from];
  const has = (name: string) =>
    nodes[name]?.links.some(({ up, addresses }) => up && addresses.some(({ address }) => address === to));
  if (has(from)) return 'reply';
  const route = node?.routes.find(({ type, destination }) => type === 'unicast' && holds(destination, to));
  if (route === undefined) return 'no-route';
  const link = node?.links.find(({ name }) => name === route.dev);
  return link?.carrier && link.peer !== null && has(link.peer.node) ? 'reply' : 'silence';
}
