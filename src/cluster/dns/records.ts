import type { KubeService, Slice } from '../objects/kinds.ts';
import type { Pod } from '../objects/pod.ts';
import type { ApiObject } from '../store/objects.ts';

/** The objects from which a cluster's names are made. */
export interface RecordSources {
  namespaces: readonly ApiObject[];
  services: readonly KubeService[];
  slices: readonly Slice[];
  pods: readonly Pod[];
}

export interface ClusterZone {
  /** With its last dot. */
  zone: string;
  ttl: number;
  /** The value of `pods` in the Corefile. */
  pods: 'disabled' | 'insecure' | 'verified';
  /** The address that `ns.dns` has. */
  server: string;
}

export interface Record {
  name: string;
  ttl: number;
  type: 'A' | 'CNAME' | 'NS' | 'PTR' | 'SRV' | 'TXT';
  data: string;
}

const isHeadless = ({ spec }: KubeService): boolean => spec.clusterIP === 'None';
const isExternal = ({ spec }: KubeService): boolean => spec.type === 'ExternalName';
const addressed = (service: KubeService): boolean =>
  !isExternal(service) && /^\d/.test(service.spec.clusterIP ?? '');
const dashed = (address: string): string => address.replaceAll('.', '-');

interface Endpoint {
  address: string;
  host: string;
  ports: { name: string; port: number; protocol: string }[];
}

/** Endpoints of a service that are ready. */
function endpointsOf({ metadata }: KubeService, slices: readonly Slice[]): Endpoint[] {
  const own = slices.filter(
    (slice) =>
      slice.metadata.namespace === metadata.namespace &&
      slice.metadata.labels?.['kubernetes.io/service-name'] === metadata.name &&
      slice.addressType === 'IPv4',
  );
  return own.flatMap(({ ports, endpoints }) =>
    (endpoints ?? [])
      .filter(({ conditions }) => conditions?.ready !== false)
      .flatMap(({ addresses, hostname }) =>
        addresses.map((address) => ({
          address,
          host: hostname || dashed(address),
          ports: (ports ?? []).map(({ name, port, protocol }) => ({
            name: name ?? '',
            port: port ?? 0,
            protocol: protocol ?? 'TCP',
          })),
        })),
      ),
  );
}

/** The names of the Kubernetes DNS specification (schema 1.1.0), as CoreDNS answers them. */
export function clusterRecords(named: RecordSources, to: ClusterZone): Record[] {
  const { zone, ttl } = to;
  const record = (name: string, type: Record['type'], data: string): Record => ({ name, ttl, type, data });
  return [
    record(zone, 'NS', `ns.dns.${zone}`),
    record(`ns.dns.${zone}`, 'A', to.server),
    { name: `dns-version.${zone}`, ttl: 28800, type: 'TXT', data: '1.1.0' },
    ...named.services.flatMap((service) => {
      const title = nameOf(service, zone);
      if (isExternal(service))
        return [record(title, 'CNAME', `${(service.spec.externalName ?? '').replace(/\.$/, '')}.`)];
      const endpoints = endpointsOf(service, named.slices);
      const hosts = endpoints.map(({ host, address }) => record(`${host}.${title}`, 'A', address));
      if (addressed(service))
        return [
          record(title, 'A', service.spec.clusterIP ?? ''),
          ...(service.spec.ports ?? [])
            .filter(({ name }) => name)
            .map(({ name = '', port, protocol = 'TCP' }) =>
              record(`_${name}._${protocol.toLowerCase()}.${title}`, 'SRV', `0 100 ${port} ${title}`),
            ),
          ...hosts,
        ];
      if (!isHeadless(service)) return [];
      return [
        ...endpoints.map(({ address }) => record(title, 'A', address)),
        ...hosts,
        ...endpoints.flatMap(({ host, ports }) =>
          ports
            .filter(({ name }) => name !== '')
            .map(({ name, port, protocol }) => {
              const weight = Math.max(1, Math.floor(100 / endpoints.length));
              const data = `0 ${weight} ${port} ${host}.${title}`;
              return record(`_${name}._${protocol.toLowerCase()}.${title}`, 'SRV', data);
            }),
        ),
      ];
    }),
    ...podRecords(named, to).map(([name, address]) => record(name, 'A', address)),
  ];
}

const nameOf = ({ metadata }: ApiObject, zone: string): string =>
  `${metadata.name}.${metadata.namespace}.svc.${zone}`;

/** `insecure` asks for no pod of that address in that namespace; only addresses that some pod has are answered here. */
function podRecords(
  { namespaces, pods }: RecordSources,
  { zone, pods: mode }: ClusterZone,
): [string, string][] {
  if (mode === 'disabled') return [];
  const running = pods.flatMap(({ metadata, status }) =>
    status?.podIP ? [{ namespace: metadata.namespace ?? '', address: status.podIP }] : [],
  );
  const named = (namespace: string, address: string): [string, string] => [
    `${dashed(address)}.${namespace}.pod.${zone}`,
    address,
  ];
  const all =
    mode === 'verified'
      ? running.map(({ namespace, address }) => named(namespace, address))
      : namespaces.flatMap(({ metadata }) => running.map(({ address }) => named(metadata.name, address)));
  return [...new Map(all)];
}

/** An address's name: the service whose address it is, else each service it is an endpoint of. */
export function reverseRecords({ services, slices }: RecordSources, { zone, ttl }: ClusterZone): Record[] {
  const own = new Set<string>();
  const forward = services.filter(addressed).map((service): [string, string] => {
    own.add(service.spec.clusterIP ?? '');
    return [service.spec.clusterIP ?? '', nameOf(service, zone)];
  });
  const behind = services
    .filter((service) => !isExternal(service))
    .flatMap((service) =>
      endpointsOf(service, slices).map(({ address, host }): [string, string] => [
        address,
        `${host}.${nameOf(service, zone)}`,
      ]),
    )
    .filter(([address]) => !own.has(address));
  return [...forward, ...behind].map(([address, data]) => {
    const name = `${address.split('.').reverse().join('.')}.in-addr.arpa.`;
    return { name, ttl, type: 'PTR', data };
  });
}
