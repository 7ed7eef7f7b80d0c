import { kubectl } from '../path/model/rule-owner.ts';
import { serviceRange } from '../path/model/service-port.ts';
import { portsOf, servicesOf } from '../path/model/service-rules.ts';
import type { ProbeOutcome } from '../probe/probe.ts';
import { holds } from '../state/ip.ts';
import type { Observation } from '../state/observation.ts';
import { misspelt } from '../text/nearest.ts';
import type { Values } from '../verdict/verdict.ts';

/** Whether the server is the DNS of a cluster, as a pod asks it: it knows Services and pods, and asks others for the rest. */
const isClusterDns = ({ nodes }: Observation, from: string, server: string): boolean =>
  nodes[from]?.kind === 'pod' && holds(serviceRange, server);

/**
 * A name that the DNS of a cluster was asked for and does not know. Its address is what kubelet writes into the pods;
 * whom it asks for names outside stands in a ConfigMap.
 */
export function clusterDns(
  observation: Observation,
  from: string,
  server: string,
  name: string,
  { result, names }: ProbeOutcome,
): Values | null {
  if (!isClusterDns(observation, from, server)) return null;
  const outside = names?.ownNames === true ? { outside: server } : {};
  const refusing = result === 'server-refused' || names?.ownNames === true;
  const clusterLook = refusing
    ? 'kubectl -n kube-system get configmap coredns -o yaml'
    : 'kubectl -n kube-system get pods -o wide';
  return { clusterDns: server, kubectl, clusterLook, ...outside, ...nearService(observation, name) };
}

/** The Service whose ClusterIP the DNS of a cluster has given for a name. */
export function clusterAnswer(observation: Observation, from: string, server: string, address = ''): Values {
  if (!isClusterDns(observation, from, server)) return {};
  const [found] = Object.values(observation.nodes).flatMap((state) => portsOf(state, address));
  if (found === undefined) return {};
  return { kubectl, dnsService: found.service, dnsNamespace: found.namespace, dnsAddress: address };
}

/**
 * The Service whose name a question nearly has: `SERVICE`, or `SERVICE.NAMESPACE` with or without the cluster's own
 * domain. Of those in the rules of kube-proxy, for the state has no others.
 */
function nearService({ nodes }: Observation, name: string): Values {
  const [service = '', namespace, kind = 'svc'] = name.split('.');
  if (kind !== 'svc') return {};
  const known = Object.values(nodes).flatMap(servicesOf);
  const full = known.map((one) => `${one.service}.${one.namespace}`);
  if (namespace !== undefined) {
    const asked = `${service}.${namespace}`;
    return full.includes(asked) ? {} : { nearService: misspelt(asked, full) };
  }
  const same = known.findIndex((one) => one.service === service);
  if (same >= 0) return { otherService: full[same] ?? '' };
  return {
    nearService: misspelt(
      service,
      known.map((one) => one.service),
    ),
  };
}
