import { holds, isMulticast, sameAddress } from '../../state/ip.ts';
import type { Listener, NodeState } from '../../state/observation.ts';
import { nearest } from '../../text/nearest.ts';
import type { Values } from '../../verdict/verdict.ts';
import type { Finding } from './finding.ts';
import { destinationNat, nearMiss } from './near-miss.ts';
import { nodePortValues, programsOf } from './node-port.ts';
import { atOtherHook } from './other-hook.ts';
import type { Headers } from './packet.ts';
import { rulesetOf } from './ruleset.ts';

/** Addresses that take packets for any other: of both families, or of one (IPV6_V6ONLY). */
const anywhere = { ipv4: ['*', '0.0.0.0'], ipv6: ['*', '::'] };

/**
 * Whether a delivered packet is answered: the kernel's echo for icmp, a listening program for the rest.
 * @param came the packet as it came to the node, in front of its own NAT.
 */
export function unanswered(
  node: string,
  state: NodeState,
  headers: Headers,
  link: string | null,
  came = headers,
): Finding | null {
  if (headers.protocol === 'icmp') return echoIgnored(node, state, headers.destination);
  const port = headers.destinationPort;
  const listening = state.listeners.filter((one) => one.protocol === headers.protocol && one.port === port);
  const hearing = listening.filter((one) => listensOn(one, headers.destination));
  const taking = hearing.filter((one) => one.link === undefined || one.link === link);
  if (taking.some(({ waiting }) => waiting === undefined)) return null;
  const [full] = taking;
  if (full !== undefined) return queueFull(node, full);
  const [bound] = hearing;
  const [other] = listening;
  const near = nearlyElsewhere(node, state, came, link);
  const values = {
    ...{ address: headers.destination, port: String(port), protocol: headers.protocol },
    ...(near ?? { ...atOtherHook(state, came, link), ...(link === null ? {} : engineAt(node, state)) }),
    ...takenBy(state, headers.destination),
    ...openPorts(state, headers, came),
  };
  if (bound?.link !== undefined) {
    const observed = `${bound.address}%${bound.link}:${bound.port}`;
    const only = { observed, bound: bound.link, cameBy: link ?? 'lo' };
    return { reason: 'port-closed', node, object: observed, values: { ...values, ...only } };
  }
  const peer = headers.protocol === 'udp' && other === undefined ? peerOf(state, headers) : null;
  if (peer !== null) {
    const observed = `${headers.destination}:${port}`;
    return { reason: 'port-closed', node, object: observed, values: { ...values, observed, peer } };
  }
  if (other === undefined) return { reason: 'no-listener', node, object: String(port), values };
  const observed = `${other.address.includes(':') ? `[${other.address}]` : other.address}:${other.port}`;
  // One for both families is `*` (IPV6_V6ONLY).
  const sixOnly = other.address === '::' && !headers.destination.includes(':') ? observed : '';
  return { reason: 'port-closed', node, object: observed, values: { ...values, observed, sixOnly } };
}

/** The ports of the protocol on which programs wait, where they are few: the packet may be meant for one of them. */
function openPorts(node: NodeState, headers: Headers, came: Headers): Values {
  const { protocol, destination } = headers;
  const services = nodePortValues(node, headers, came);
  if (services.nodePort !== undefined) return services;
  const open = programsOf(node).filter(
    (one) => one.protocol === protocol && listensOn(one, destination) && !ofTunnel(node, one),
  );
  const named = [
    ...new Set(open.map(({ port, process }) => `${port}${process === null ? '' : ` (${process})`}`)),
  ];
  const [only] = open;
  if (only === undefined || named.length > 3) return services;
  return { ...services, openPorts: named.join(', '), openPort: named.length > 1 ? '' : String(only.port) };
}

/** A socket of the kernel's own, for the packets of a tunnel. */
const ofTunnel = ({ links }: NodeState, { protocol, port, process }: Listener): boolean =>
  protocol === 'udp' &&
  process === null &&
  links.some(({ details }) => [details.dstport, details['listen-port']].includes(String(port)));

/** A rule that would have sent the packet to another place, but for one condition. */
function nearlyElsewhere(name: string, node: NodeState, headers: Headers, link: string | null) {
  const seen = { node, headers, in: link, out: null, mark: 0, original: headers, translated: headers };
  const rules = rulesetOf(node, headers.destination.includes(':') ? 'ipv6' : 'ipv4');
  const first = { ...seen, state: 'NEW' as const, natted: true, answer: false };
  const met = nearMiss(rules, 'nat', link === null ? 'OUTPUT' : 'PREROUTING', first, destinationNat);
  const [, nearIn = ''] = /^-A (\S+)/.exec(met?.nearly ?? '') ?? [];
  const near: Values | null = met === null ? null : { ...met, nearIn };
  if (near?.nearChain !== 'DOCKER') return near;
  if (ofOtherPort(near, String(headers.destinationPort))) return null;
  // Docker writes it from what `docker run -p` said: to correct the rule is to correct that.
  const { nearChain: _, ...named } = near;
  return { ...named, dockers: name };
}

/** A Docker engine, which has a chain for the ports that containers publish: none of them publishes this one. */
const engineAt = (name: string, node: NodeState): Values =>
  rulesetOf(node, 'ipv4')?.get('nat')?.has('DOCKER') === true ? { engineAt: name } : {};

/** A published port that is neither alike nor turned round: it is another service's. */
function ofOtherPort({ nearly = '', condition = '' }: Values, port: string): boolean {
  const [, published] = /--dport (\d+)$/.exec(condition) ?? [];
  if (published === undefined || nearly.endsWith(`:${port}`)) return false;
  return !published.startsWith(port) && !port.startsWith(published) && nearest(port, [published]) === null;
}

/** The peer of a socket on the port that takes no packets of others (compute_score). */
function peerOf({ connected = [] }: NodeState, { destination, destinationPort }: Headers): string | null {
  const own = connected.find((one) => one.port === destinationPort && listensOn(one, destination));
  return own?.peer ?? null;
}

/** A connection that finds the queue full is dropped without a word (tcp_conn_request). */
function queueFull(node: string, { port, process, waiting }: Listener): Finding {
  const values = { port: String(port), process: process ?? '', waiting: String(waiting) };
  return { reason: 'listener-full', node, object: String(port), values };
}

/** The route that makes an address the node's own which none of its links has. */
function takenBy({ links, routes }: NodeState, address: string): Values {
  if (links.some(({ addresses }) => addresses.some((one) => sameAddress(one.address, address)))) return {};
  const route = routes.find(
    (one) => one.type === 'local' && one.table === 'local' && holds(one.destination, address),
  );
  const loopback = holds('127.0.0.0/8', address) || address === '::1';
  return route === undefined || loopback ? {} : { taken: route.text };
}

/** The listener that answers, for people; null where none does. */
export function answeredBy(state: NodeState, headers: Headers): Listener | null {
  const fits = (one: Listener) => one.protocol === headers.protocol && one.port === headers.destinationPort;
  return state.listeners.find((one) => fits(one) && listensOn(one, headers.destination)) ?? null;
}

export function listensOn(listener: Pick<Listener, 'address'>, address: string): boolean {
  const any = anywhere[address.includes(':') ? 'ipv6' : 'ipv4'];
  return any.includes(listener.address) || sameAddress(listener.address, address);
}

/** icmp_echo, icmpv6_rcv: of IPv4 every echo request, or those to a group or a broadcast address; of IPv6 alike. */
function echoIgnored(node: string, state: NodeState, address: string): Finding | null {
  const six = address.includes(':');
  const group = isMulticast(address) || isBroadcast(state, address) ? address : '';
  const own = six ? 'net.ipv6.icmp.echo_ignore_' : 'net.ipv4.icmp_echo_ignore_';
  const keys = group === '' ? ['all'] : ['all', six ? 'multicast' : 'broadcasts'];
  const key = keys.map((one) => own + one).find((one) => state.sysctls[one] === '1');
  if (key === undefined) return null;
  const values = { key, expected: '0', observed: '1', group: key.endsWith('all') ? '' : group };
  return { reason: 'wrong-value', node, object: key, values };
}

const isBroadcast = ({ routes }: NodeState, address: string): boolean =>
  routes.some(({ type, destination }) => type === 'broadcast' && holds(destination, address));
