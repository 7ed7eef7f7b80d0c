import { isMulticast } from '../../state/ip.ts';
import type { NodeState, Route } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { Finding } from './finding.ts';
import { isLocal, otherTable } from './routing.ts';
import type { Transit } from './transit.ts';

/**
 * A gateway that is the node itself is none: the kernel asks the wire for the destination. Packets for a group go to
 * the wire, whatever the gateway (__mkroute_output).
 */
export function nextHop(
  { state, headers }: Pick<Transit, 'state' | 'headers'>,
  { via }: Pick<Route, 'via'>,
): string {
  const straight = via === null || isMulticast(headers.destination) || isLocal(state, via);
  return straight ? headers.destination : via;
}

/** A destination that the node's own prefix takes for a neighbour, and that is on another wire. */
function behindRouter({ object, values }: Finding, { destination }: Route): Values {
  const { elsewhere = '', address = '' } = values;
  // One on the wire of another interface is behind no router.
  const near = (values.rightWire ?? '') !== '';
  if (elsewhere === '' || near || object !== address || destination === 'default') return {};
  return { onLink: destination, behind: `${address}/${address.includes(':') ? 128 : 32}` };
}

/** Without it `ip route replace` would add another route. */
export const tosOf = ({ tos }: Pick<Route, 'tos'>): Values =>
  tos === undefined ? {} : { routeTos: `0x${tos.toString(16).padStart(2, '0')}` };

/** A silent gateway silences every destination behind it: the words name the route. */
export function silentGateway(finding: Finding, state: NodeState, route: Route): Finding {
  const { via, text, destination, protocol } = route;
  const others = route.nexthops.filter((one) => one.via !== via || one.dev !== route.dev);
  const named: Values = {
    ...{ route: text, destination, routeTable: otherTable(route), ...tosOf(route) },
    otherHops: others.map((one) => `${one.via ?? ''} dev ${one.dev}`.trim()).join(', '),
  };
  const elsewhere = (finding.values.elsewhere ?? '') !== '';
  // Straight onto a wire on which the destination is not: a route that is not the kernel's own may go by way of a router.
  if (via === null && elsewhere && protocol !== 'kernel')
    return { ...finding, values: { ...finding.values, ...named } };
  if (via === null) return { ...finding, values: { ...finding.values, ...behindRouter(finding, route) } };
  const gateway: Values = isLocal(state, via) ? { own: via } : { gateway: via };
  return { ...finding, values: { ...finding.values, ...gateway, ...named } };
}
