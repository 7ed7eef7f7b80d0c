import { ofFamily, plainAddress, plainNetwork } from './networks.ts';
import type { Service } from './objects.ts';
import type { ProxyOptions } from './options.ts';

/** One port of one service, with every field as kube-proxy uses it. */
export interface Front {
  /** `namespace/name` or `namespace/name:port`, as comments and hashes have it. */
  title: string;
  namespace: string;
  service: string;
  portName: string;
  protocol: 'tcp' | 'udp' | 'sctp';
  clusterIP: string;
  port: number;
  nodePort: number | null;
  externalIPs: string[];
  /** Ingress addresses that kube-proxy itself takes (ipMode VIP). */
  balancerIPs: string[];
  sourceRanges: string[];
  externalLocal: boolean;
  internalLocal: boolean;
  healthCheckNodePort: number | null;
  /** Seconds of session affinity; null without. */
  affinity: number | null;
}

/** Labels that take a service away from kube-proxy. */
const skipped = ['service.kubernetes.io/headless', 'service.kubernetes.io/service-proxy-name'];

/** The ports kube-proxy serves, in the order of their titles. Headless and ExternalName services have none. */
export function fronts(services: readonly Service[], options: ProxyOptions): Front[] {
  return services
    .flatMap((service) => frontsOf(service, options))
    .sort((one, other) => compare(one.title, other.title) || compare(one.protocol, other.protocol));
}

function frontsOf(service: Service, { family, form }: ProxyOptions): Front[] {
  const { metadata, spec, status } = service;
  const ofThis = (addresses: string[] | undefined, plain = plainAddress) =>
    (addresses ?? []).map((one) => plain(one) ?? '').filter((address) => ofFamily(address, family));
  const own = spec.clusterIPs ?? (spec.clusterIP === undefined ? [] : [spec.clusterIP]);
  const clusterIP = ofThis(own)[0];
  if (clusterIP === undefined || spec.type === 'ExternalName') return [];
  if (skipped.some((label) => metadata.labels?.[label] !== undefined)) return [];
  const balanced = spec.type === 'LoadBalancer';
  // 1.20 knows the policy of these two types alone.
  const external = spec.type === 'NodePort' || balanced || (form !== '1.20' && !!spec.externalIPs?.length);
  const externalLocal = external && spec.externalTrafficPolicy === 'Local';
  const ingress = (status?.loadBalancer?.ingress ?? []).filter(({ ipMode }) => ipMode !== 'Proxy');
  const affine = spec.sessionAffinity === 'ClientIP';
  return (spec.ports ?? []).map((port) => ({
    title: `${metadata.namespace}/${metadata.name}${port.name ? `:${port.name}` : ''}`,
    namespace: metadata.namespace,
    service: metadata.name,
    portName: port.name ?? '',
    protocol: (port.protocol ?? 'TCP').toLowerCase() as Front['protocol'],
    clusterIP,
    port: port.port,
    nodePort: port.nodePort || null,
    externalIPs: ofThis(spec.externalIPs),
    balancerIPs: ofThis(ingress.map(({ ip }) => ip ?? '')),
    sourceRanges: ofThis(
      spec.loadBalancerSourceRanges?.map((range) => range.trim()),
      plainNetwork,
    ),
    externalLocal,
    internalLocal: spec.internalTrafficPolicy === 'Local',
    healthCheckNodePort: (balanced && externalLocal && spec.healthCheckNodePort) || null,
    affinity: affine ? (spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10800) : null,
  }));
}

/** A node port, an external address or a balancer's makes a service reachable from outside. */
export function isExternal({ nodePort, externalIPs, balancerIPs }: Front): boolean {
  return nodePort !== null || externalIPs.length > 0 || balancerIPs.length > 0;
}

export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
