import { holds, isLinkLocal } from '../../state/ip.ts';
import type { NodeState } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { Question } from './answer.ts';
import type { Finding } from './finding.ts';
import { keyTo } from './policy.ts';
import { routing } from './routing.ts';
import { linkOf, type Port } from './segment.ts';
import { setting, settingOf } from './settings.ts';

/**
 * Whether a node answers for an address of another node (proxy_arp): it forwards, and has a route to it by another
 * link. `null`: it does not try to. A finding: it should, and cannot.
 */
export function proxyFor(question: Question, port: Port): 'answers' | Finding | null {
  const { observation, address, start } = question;
  const state = observation.nodes[port.node];
  if (state === undefined || linkOf(observation, port) === null) return null;
  if (address.includes(':') || setting(state, 'proxy_arp', port.link) === 0) return proxyOff(question, port);
  const out = wayTo(state, address, port);
  if (forwards(state, address, port) && out !== null && out !== port.link) return 'answers';
  const forwardKey = forwardingKey(address);
  const why: Values = !forwards(state, address, port) ? { forwardKey } : out === null ? {} : { wayDev: out };
  const key = settingOf('proxy_arp', port.link);
  const values = { key, address, link: port.link, asker: start.node, dst: address, ...why };
  return { reason: 'proxy-silent', node: port.node, object: address, values };
}

/**
 * An address of this wire's network that a node forwards to another wire is one it is meant to answer for.
 * IPv6 also needs an entry of the address (proxy_ndp), which hoplab does not read.
 */
function proxyOff({ observation, address, start }: Question, port: Port): Finding | null {
  const state = observation.nodes[port.node];
  const networks = linkOf(observation, port)?.addresses ?? [];
  // A link-local address of IPv6 is on this wire or nowhere: every link has a route to its network.
  if (address.includes(':') && isLinkLocal(address)) return null;
  if (state === undefined || !networks.some((one) => holds(`${one.address}/${one.prefix}`, address)))
    return null;
  const out = wayTo(state, address, port);
  if (out === null || out === port.link) return null;
  const six = address.includes(':');
  const key = six ? `net.ipv6.conf.${port.link}.proxy_ndp` : settingOf('proxy_arp', port.link);
  const observed = state.sysctls[key] ?? '0';
  const still = !forwards(state, address, port);
  // ndisc_recv_ns: a node that does not forward answers for none.
  if (still && (!six || observed === '0')) return null;
  const values = {
    ...{ key, observed, address, link: port.link, asker: start.node, dst: address, byLink: out },
    ...(observed === '0' ? { proxyKey: key } : {}),
    ...(still ? { forwardKey: forwardingKey(address) } : {}),
    ...(six ? { entry: address } : {}),
  };
  return { reason: 'proxy-silent', node: port.node, object: address, values };
}

/** The link by which a node forwards to an address; null where it has no way, or the address is its own. */
function wayTo(state: NodeState, address: string, port: Port): string | null {
  const routed = routing(state, { ...keyTo(address), iif: port.link });
  const route = routed.kind === 'route' && routed.route.type === 'unicast' ? routed.route : null;
  return route?.dev ?? route?.nexthops[0]?.dev ?? null;
}

const forwardingKey = (address: string): string =>
  address.includes(':') ? 'net.ipv6.conf.all.forwarding' : 'net.ipv4.ip_forward';

function forwards(state: NodeState, address: string, port: Port): boolean {
  const own = address.includes(':') ? undefined : state.sysctls[settingOf('forwarding', port.link)];
  return (own ?? state.sysctls[forwardingKey(address)]) === '1';
}
