import { endpointsOf } from './endpoints.ts';
import type { EndpointSlice, Service } from './objects.ts';
import type { ProxyOptions } from './options.ts';
import { fronts } from './service-ports.ts';

/** A port on which a balancer asks whether a node has endpoints of a service (externalTrafficPolicy: Local). */
export interface HealthCheck {
  namespace: string;
  name: string;
  port: number;
  /** Addresses of ready endpoints on this node. */
  localEndpoints: number;
}

export function healthChecks(
  services: readonly Service[],
  slices: readonly EndpointSlice[],
  options: ProxyOptions,
): HealthCheck[] {
  const found = new Map<number, HealthCheck & { addresses: Set<string> }>();
  for (const front of fronts(services, options)) {
    const { healthCheckNodePort: port, namespace, service: name } = front;
    if (port === null) continue;
    const check = found.get(port) ?? { namespace, name, port, localEndpoints: 0, addresses: new Set() };
    found.set(port, check);
    for (const { ip, ready, local } of endpointsOf(front, slices, options))
      if (ready && local) check.addresses.add(ip);
  }
  return [...found.values()].map(({ addresses, ...check }) => ({ ...check, localEndpoints: addresses.size }));
}

/** As pkg/proxy/healthcheck answers: a balancer reads the status, the rest is for people. */
export function healthAnswer({ namespace, name, localEndpoints }: HealthCheck) {
  return {
    status: localEndpoints > 0 ? 200 : 503,
    headers: {
      'Content-Type': 'application/json',
      'X-Content-Type-Options': 'nosniff',
      'X-Load-Balancing-Endpoint-Weight': String(localEndpoints),
    },
    body: JSON.stringify(
      { service: { namespace, name }, localEndpoints, serviceProxyHealthy: true },
      null,
      '\t',
    ),
  };
}
