import type { EndpointSlice, Protocol, Service, SliceEndpoint } from '../../../src/cluster/proxy/objects.ts';
import type { ProxyOptions } from '../../../src/cluster/proxy/options.ts';

/** Random services and endpoints of a cluster, and settings of its kube-proxy; the same for the same seed. */
export class RandomCluster {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 on, below `end` (mulberry32). */
  #below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  }

  #one<T>(...some: readonly T[]): T {
    return some[this.#below(some.length)] as T;
  }

  #chance(percent: number): boolean {
    return this.#below(100) < percent;
  }

  settings(): Pick<ProxyOptions, 'local' | 'masqueradeAll' | 'masqueradeBit' | 'nodePortAddresses'> {
    return {
      local: this.#one(
        { mode: 'ClusterCIDR', cidr: '10.244.0.0/16' },
        { mode: 'ClusterCIDR', cidr: '10.244.0.0/16' },
        { mode: 'NodeCIDR', cidr: '10.244.1.0/24' },
        null,
      ),
      masqueradeAll: this.#chance(25),
      masqueradeBit: this.#one(14, 14, 10),
      nodePortAddresses: this.#one(
        [],
        [],
        ['192.168.1.0/24'],
        ['172.31.0.0/16'],
        ['10.244.1.0/24', '192.168.1.0/24'],
      ),
    };
  }

  objects(): { services: Service[]; slices: EndpointSlice[] } {
    const ports = new Set<number>();
    const services = Array.from({ length: 1 + this.#below(4) }, (_, index) => this.#service(index, ports));
    const slices = services.flatMap((service) =>
      Array.from({ length: this.#one(0, 1, 1, 1, 2) }, (_, index) => this.#slice(service, index)),
    );
    return { services, slices };
  }

  #nodePort(taken: Set<number>): number {
    const port = 30000 + this.#below(2768);
    if (taken.has(port)) return this.#nodePort(taken);
    taken.add(port);
    return port;
  }

  #service(index: number, taken: Set<number>): Service {
    const type = this.#one(
      'ClusterIP',
      'NodePort',
      'LoadBalancer',
      'NodePort',
      'LoadBalancer',
      'ExternalName',
    );
    const external = type === 'NodePort' || type === 'LoadBalancer';
    // An address of the node only once: kube-proxy 1.20 binds its port, and leaves out the service that comes second.
    const own = index === 0 ? ['192.168.1.11'] : ['198.51.100.9'];
    const externalIPs = this.#chance(30)
      ? this.#one(['198.51.100.7'], ['198.51.100.7', '198.51.100.8'], own)
      : [];
    const local = (external || externalIPs.length > 0) && this.#chance(40);
    const names = this.#chance(50) ? [''] : ['http', 'dns', 'sig'].slice(0, 1 + this.#below(3));
    const headless = type === 'ClusterIP' && this.#chance(10);
    const spec: Service['spec'] = {
      type,
      ...(type === 'ExternalName'
        ? {}
        : { clusterIP: headless ? 'None' : `10.96.${index}.${this.#below(250)}` }),
      ports: names.map((name, at) => ({
        ...(name && { name }),
        protocol: this.#one<Protocol>('TCP', 'TCP', 'UDP', 'SCTP'),
        port: this.#one(53, 80, 443, 8080) + 10_000 * at,
        ...(external && { nodePort: this.#nodePort(taken) }),
      })),
      ...(externalIPs.length > 0 && { externalIPs }),
      ...(local && { externalTrafficPolicy: 'Local' as const }),
      ...(local && type === 'LoadBalancer' && { healthCheckNodePort: this.#nodePort(taken) }),
      ...(this.#chance(20) && { internalTrafficPolicy: 'Local' as const }),
      ...(type === 'LoadBalancer' &&
        this.#chance(40) && {
          loadBalancerSourceRanges: this.#one(
            ['203.0.113.0/25'],
            ['203.0.113.0/25', '198.51.100.0/24'],
            ['192.168.1.0/24'],
          ),
        }),
      sessionAffinity: 'None',
      ...(this.#chance(25) && {
        sessionAffinity: 'ClientIP' as const,
        sessionAffinityConfig: { clientIP: { timeoutSeconds: this.#one(10800, 60) } },
      }),
    };
    const ingress = this.#one(
      [],
      [{ ip: `203.0.113.${10 + index}` }],
      [{ ip: `203.0.113.${10 + index}` }, { ip: `203.0.113.${20 + index}` }],
    );
    const labels = headless ? { 'service.kubernetes.io/headless': '' } : {};
    return {
      metadata: { namespace: this.#one('default', 'shop'), name: `s${index}`, labels },
      spec,
      ...(type === 'LoadBalancer' && { status: { loadBalancer: { ingress } } }),
    };
  }

  #slice({ metadata, spec }: Service, index: number): EndpointSlice {
    const { namespace, name } = metadata;
    const endpoints = Array.from({ length: this.#one(0, 1, 2, 3, 5) }, () => this.#endpoint(index));
    return {
      metadata: {
        ...{ namespace, name: `${name}-${index}` },
        labels: { 'kubernetes.io/service-name': name },
      },
      addressType: 'IPv4',
      ports: (spec.ports ?? []).map((port) => ({
        name: this.#chance(5) ? 'other' : (port.name ?? ''),
        protocol: port.protocol ?? 'TCP',
        port: 8000 + this.#below(3),
      })),
      endpoints,
    };
  }

  /** Slices have addresses of their own: of one in two slices 1.20 takes a port by chance. */
  #endpoint(index: number): SliceEndpoint {
    const place = 1 + this.#below(2);
    const node = `node${place}`;
    const conditions = this.#one<SliceEndpoint['conditions']>(
      { ready: true },
      { ready: true },
      {},
      { ready: false },
    );
    return {
      addresses: [`10.244.${place}.${2 + 100 * index + this.#below(100)}`],
      ...(conditions && { conditions }),
      topology: { 'kubernetes.io/hostname': node },
    };
  }
}
