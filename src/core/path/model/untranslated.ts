import type { NodeState } from '../../state/observation.ts';
import type { Headers } from './packet.ts';
import { keyOf, routeFor, stopFor } from './route-decision.ts';
import { type Context, pass, type Stop, transit } from './transit.ts';

/**
 * A node looks for a route before its own packet comes to OUTPUT: without one, a rule that would give the packet an
 * address with a route is never asked.
 */
export function untranslated(
  context: Context,
  node: string,
  state: NodeState,
  headers: Headers,
  stop: Stop,
): Stop {
  if (stop.kind !== 'finding' || stop.finding.reason !== 'no-route') return stop;
  const probe: Context = { ...context, connections: new Map(), rulesets: new Map() };
  const packet = transit(probe, node, state, null, headers);
  if (pass(packet, 'OUTPUT') !== null || packet.headers.destination === headers.destination) return stop;
  const { finding } = stop;
  const next = routeFor(probe, node, state, keyOf(packet.headers, null, packet.mark));
  const link = 'route' in next ? (next.route?.dev ?? null) : null;
  if (link === null) return stop;
  const rule =
    packet.hop.decisions.findLast(({ by, place }) => by === 'rule' && place?.startsWith('nat '))?.text ?? '';
  const values = { ...finding.values, network: '', link, rule, translated: packet.headers.destination };
  return stopFor({ ...finding, values });
}
