import { holds } from '../../state/ip.ts';
import type { NodeState, Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';
import { atOtherHook } from './other-hook.ts';
import type { Headers } from './packet.ts';
import { lookup } from './routing.ts';
import { kubectl } from './rule-owner.ts';
import { rulesetOf } from './ruleset.ts';
import { portsOf, serviceLine } from './service-rules.ts';

/**
 * The Service whose address a packet has that fits none of its ports; null where it is no such packet. kube-proxy has a
 * rule for each port and none for the address itself (pkg/proxy/iptables/proxier.go), so a node sends what fits none
 * of them on by its routes.
 * @param passed the nodes whose rules the packet has met, in order.
 */
export function missedPort(
  observation: Observation,
  passed: readonly string[],
  headers: Headers,
): Values | null {
  for (const node of passed) {
    const state = observation.nodes[node];
    const ports = state === undefined ? [] : portsOf(state, headers.destination);
    const [first] = ports;
    if (first === undefined) continue;
    const { protocol, destinationPort } = headers;
    const named = {
      ...{ kubectl, address: headers.destination, proxyNode: node },
      ...{ service: first.service, serviceNamespace: first.namespace },
    };
    if (ports.some((one) => one.protocol === protocol && one.port === destinationPort)) {
      const baseChain = node === passed[0] && state?.kind !== 'pod' ? 'OUTPUT' : 'PREROUTING';
      return state === undefined || leads(state, headers.destination, baseChain)
        ? null
        : { ...named, baseChain, jump: jumpFrom(baseChain, headers.destination) };
    }
    return {
      ...{ ...named, protocol },
      servicePorts: [...new Set(ports.map((one) => `${one.protocol} ${one.port}`))].join(', '),
      port: destinationPort === null ? '' : String(destinationPort),
    };
  }
  return unruled(observation, passed, headers) ?? unserved(observation, passed, headers);
}

/** The jump as kube-proxy makes it. */
const jumpFrom = (baseChain: string, address: string): string =>
  `${address.includes(':') ? 'ip6tables' : 'iptables'} -t nat -I ${baseChain} -m comment --comment "kubernetes service portals" -j KUBE-SERVICES`;

/** Whether a packet meets the rules of the Services: kube-proxy makes this jump once, and `iptables -F` takes it away. */
function leads(state: NodeState, address: string, baseChain: string): boolean {
  const rules = rulesetOf(state, address.includes(':') ? 'ipv6' : 'ipv4');
  const lines = rules?.get('nat')?.get(baseChain)?.lines ?? [];
  return lines.some(({ text }) => text.includes('-j KUBE-SERVICES'));
}

/** A Service that the rules of another node have, and those of the cluster's node that the packet passed do not. */
function unruled(
  observation: Observation,
  passed: readonly string[],
  { destination }: Headers,
): Values | null {
  const proxyNode = passed.find((node) => inCluster(observation, node));
  if (proxyNode === undefined) return null;
  for (const [knownAt, state] of Object.entries(observation.nodes)) {
    const [port] = portsOf(state, destination);
    if (port === undefined) continue;
    const { service, namespace: serviceNamespace } = port;
    return {
      kubectl,
      address: destination,
      proxyNode,
      unruled: proxyNode,
      knownAt,
      service,
      serviceNamespace,
    };
  }
  return null;
}

/** A node whose chains are all gone is still the one with the pods. */
const inCluster = (observation: Observation, node: string): boolean =>
  observation.nodes[node]?.rules.ipv4.includes(':KUBE-SERVICES ') === true ||
  observation.nodes[node]?.rules.ipv6.includes(':KUBE-SERVICES ') === true ||
  observation.nodes[node]?.links.some(
    ({ peer }) => peer !== null && observation.nodes[peer.node]?.kind === 'pod',
  ) === true;

/** Addresses that the API server gives to Services where nothing else is set (kubeadm's default). */
export const serviceRange = '10.96.0.0/12';

/** An address that only a Service could have, and none has: it was not created, or has another. */
function unserved(observation: Observation, passed: readonly string[], headers: Headers): Values | null {
  const { destination } = headers;
  const proxyNode = passed.find((node) => inCluster(observation, node));
  const state = observation.nodes[proxyNode ?? ''];
  if (proxyNode === undefined || state === undefined || !holds(serviceRange, destination)) return null;
  // A route of its own leads to hosts with such addresses.
  if (lookup(state, destination)?.destination !== 'default') return null;
  const named = { kubectl, address: destination, proxyNode, serviceRange, otherServices: servicesOf(state) };
  // A rule typed for it by hand may be in the chain of other packets.
  const made = proxyNode === passed[0] && state.kind !== 'pod';
  const link = state.links.find(({ kind }) => kind !== 'loopback')?.name ?? null;
  const { forOwn = '', forArrivals = '' } = atOtherHook(state, headers, made ? null : link);
  return { ...named, forOwn, forArrivals };
}

/** The Services that the node has rules for, where they are few; the API server's own is in every cluster. */
function servicesOf(state: NodeState): string {
  const named = ['nat', 'filter'].flatMap((table) =>
    (rulesetOf(state, 'ipv4')?.get(table)?.get('KUBE-SERVICES')?.lines ?? []).flatMap(({ text }) => {
      const [, to = '', , namespace = '', service = ''] = serviceLine.exec(text) ?? [];
      return to === '' || (namespace === 'default' && service === 'kubernetes') ? [] : [`${service} ${to}`];
    }),
  );
  const [...all] = new Set(named);
  return all.length > 3 ? '' : all.join(', ');
}

/**
 * For a node outside a cluster: the Service that has this address, and a node of the cluster on one of its own wires,
 * which would take the packet; null where it is no Service's address.
 */
export function serviceBehind(observation: Observation, from: NodeState, address: string): Values | null {
  // The pods' way to it is their node, and a node of the cluster has the rules itself.
  if (from.kind === 'pod' || portsOf(from, address).length > 0) return null;
  for (const [node, state] of Object.entries(observation.nodes)) {
    const [port] = portsOf(state, address);
    if (port === undefined) continue;
    const near = from.links
      .filter(({ kind }) => kind !== 'loopback')
      .flatMap(({ addresses }) => addresses.map((one) => `${one.address}/${one.prefix}`));
    const gateway = state.links
      .flatMap(({ addresses }) => addresses.map((one) => one.address))
      .find(
        (one) => one.includes(':') === address.includes(':') && near.some((network) => holds(network, one)),
      );
    if (gateway === undefined) continue;
    return { gateway, service: port.service, serviceNamespace: port.namespace, proxyNode: node };
  }
  return null;
}
