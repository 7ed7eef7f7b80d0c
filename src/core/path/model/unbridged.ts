import type { Observation } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';

/**
 * The setting because of which a node that changed a packet's destination does not see the reply that its own bridge
 * hands on (br_netfilter): conntrack, which would change its source back, is not asked. A cluster needs it to be 1,
 * since two pods of one node are on one bridge.
 */
export function unbridged(observation: Observation, router: string, address: string): Values {
  const [tool, family] = address.includes(':')
    ? (['ip6tables', 'ipv6'] as const)
    : (['iptables', 'ipv4'] as const);
  const key = `net.bridge.bridge-nf-call-${tool}`;
  const state = observation.nodes[router];
  if (state?.sysctls[key] !== '0') return {};
  const inCluster = state.rules[family].includes(':KUBE-SERVICES ');
  return { hidingKey: key, ...(inCluster ? { clusterKey: key } : { switchKey: key }) };
}
