import { holds, networkOf, parseIp } from '../../state/ip.ts';
import type { NodeState, Observation } from '../../state/observation.ts';
import { isOneSlipFrom } from '../../text/nearest.ts';
import type { Values } from '../../verdict/verdict.ts';

/**
 * The route that was meant for the network: to a single address of it, without the length, or to a misspelt one. Of an
 * owner with a prefix for itself alone the network is not known: then the route's own length counts.
 */
export function slippedRoute(observation: Observation, node: NodeState, network: string, to: string): Values {
  const [address = '', length = ''] = network.split('/');
  const whole = to.includes(':') ? 128 : 32;
  const main = node.routes.filter(({ table }) => table === 'main');
  const known = address !== '' && Number(length) < whole;
  const single = main.find(
    ({ via, destination }) =>
      known &&
      (destination === `${address}/${whole}` ||
        (via !== null &&
          destination.endsWith(`/${whole}`) &&
          holds(network, destination.split('/')[0] ?? ''))),
  );
  if (single !== undefined) return { single: single.text };
  for (const { via, destination, text: astray } of main) {
    const meant = known ? network : isOf(observation, `${to}/${whole}`) ? sameLength(destination, to) : null;
    if (via === null || meant === null || isOf(observation, destination)) continue;
    if (isOneSlipFrom(destination, meant)) return { astray, network: meant };
  }
  return {};
}

/** The network of an address, as long as that of a route. */
function sameLength(destination: string, to: string): string | null {
  const bits = Number(destination.split('/')[1] ?? 0);
  const same = destination.includes(':') === to.includes(':');
  return bits === 0 || !same || parseIp(to) === null ? null : networkOf(to, bits);
}

/** Whether some node has an address of the network. */
const isOf = ({ nodes }: Observation, network: string): boolean =>
  Object.values(nodes).some(({ links }) =>
    links.some(({ addresses }) => addresses.some(({ address }) => holds(network, address))),
  );
