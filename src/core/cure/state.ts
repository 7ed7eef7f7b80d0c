import { networkOf } from '../state/ip.ts';
import type { Address, Link, NodeState, Route } from '../state/observation.ts';

export function withLink(state: NodeState, link: Link): NodeState {
  return { ...state, links: state.links.map((one) => (one.name === link.name ? link : one)) };
}

/** The routes that come with an address of a link that is up. */
export function connectedRoutes(dev: string, { family, address, prefix, scope }: Address): Route[] {
  const whole = family === 'ipv4' ? 32 : 128;
  const base = { family, via: null, dev, nexthops: [], metric: 0, protocol: 'kernel' };
  const source = family === 'ipv4' ? address : null;
  const own: Route = {
    ...{ ...base, table: 'local', type: 'local', destination: `${address}/${whole}`, source, scope: 'host' },
    text: `local ${address} dev ${dev} proto kernel scope host`,
  };
  if (prefix === whole || scope === 'host') return [own];
  const destination = networkOf(address, prefix);
  // All of an IPv4 network on the loopback interface is the node's own (fib_add_ifaddr in net/ipv4/fib_frontend.c).
  if (dev === 'lo' && family === 'ipv4')
    return [own, { ...own, destination, text: `local ${destination} dev lo proto kernel scope host` }];
  const text = `${destination} dev ${dev} proto kernel scope link${source === null ? '' : ` src ${source}`}`;
  return [own, { ...base, table: 'main', type: 'unicast', destination, source, scope: 'link', text }];
}
