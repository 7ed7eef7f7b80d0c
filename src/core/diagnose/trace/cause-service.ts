import type { Finding } from '../../path/model/finding.ts';
import { missedPort } from '../../path/model/service-port.ts';
import type { Place } from './place.ts';

/** It was sent to the address of a Service, and the rules of the nodes that it passed have no such port of it. */
export function serviceCause({ observation, packet, hop, headers, direction }: Place): Finding | null {
  if (direction === 'reply') return null;
  // What a node makes itself is routed first; without a route it meets no rule.
  const passed = packet.hops.filter(({ layer, out, in: came }) => layer === 'ip' && (out ?? came) !== null);
  const values = missedPort(observation, [...new Set(passed.map(({ node }) => node))], headers);
  return values === null
    ? null
    : { reason: 'service-port', node: hop.node, object: headers.destination, values };
}
