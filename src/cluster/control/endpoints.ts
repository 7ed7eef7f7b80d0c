import type { KubeService, KubeServicePort, Slice } from '../objects/kinds.ts';
import type { Pod } from '../objects/pod.ts';
import type { Cluster, Write } from './cluster.ts';
import { isLeaving, isReady, reference } from './pods.ts';
import { matchesAll } from './selectors.ts';

/** Endpoints and one EndpointSlice for every service with a selector. */
export function endpoints(cluster: Cluster): Write[] {
  return cluster.list('services').flatMap((service) => {
    const { selector, type } = service.spec;
    if (selector === undefined || Object.keys(selector).length === 0 || type === 'ExternalName') return [];
    const pods = cluster
      .list('pods', service.metadata.namespace)
      .filter(({ metadata, status }) => matchesAll(selector, metadata.labels) && status?.podIP !== undefined)
      .filter(({ status }) => status?.phase !== 'Succeeded' && status?.phase !== 'Failed');
    return [...legacy(cluster, service, pods), ...sliced(cluster, service, pods)];
  });
}

/** Number of the port in a pod; a name may stand for another number in each. */
function targetOf({ targetPort, port, protocol = 'TCP' }: KubeServicePort, pod: Pod): number | null {
  if (targetPort === undefined || targetPort === 0) return port;
  if (typeof targetPort === 'number') return targetPort;
  if (/^\d+$/.test(targetPort)) return Number(targetPort);
  const named = pod.spec.containers
    .flatMap(({ ports = [] }) => ports)
    .find((each) => each.name === targetPort && (each.protocol ?? 'TCP') === protocol);
  return named?.containerPort ?? null;
}

interface Group {
  ports: { name?: string; port: number; protocol: string }[];
  pods: Pod[];
}

/** Pods with the same port numbers together. */
function groups(service: KubeService, pods: readonly Pod[]): Group[] {
  const found = new Map<string, Group>();
  for (const pod of pods) {
    const ports = (service.spec.ports ?? []).flatMap((each) => {
      const port = targetOf(each, pod);
      if (port === null) return [];
      return [{ ...(each.name ? { name: each.name } : {}), port, protocol: each.protocol ?? 'TCP' }];
    });
    if (ports.length === 0 && (service.spec.ports ?? []).length > 0) continue;
    const key = JSON.stringify(ports);
    const group = found.get(key) ?? { ports, pods: [] };
    group.pods.push(pod);
    found.set(key, group);
  }
  return [...found.values()];
}

const byAddress = (one: Pod, other: Pod): number =>
  (one.status?.podIP ?? '').localeCompare(other.status?.podIP ?? '', 'en', { numeric: true });

const isOffered = (service: KubeService, pod: Pod): boolean =>
  !isLeaving(pod) && (isReady(pod) || service.spec.publishNotReadyAddresses === true);

function target(pod: Pod) {
  const { name, namespace, uid } = pod.metadata;
  return { kind: 'Pod', name, namespace, uid };
}

function legacy(cluster: Cluster, service: KubeService, pods: readonly Pod[]): Write[] {
  const { name, namespace } = service.metadata;
  const address = (pod: Pod) => ({
    ip: pod.status?.podIP,
    ...(pod.spec.hostname === undefined ? {} : { hostname: pod.spec.hostname }),
    nodeName: pod.spec.nodeName,
    targetRef: target(pod),
  });
  const subsets = groups(service, [...pods].filter((pod) => !isLeaving(pod)).sort(byAddress)).map(
    ({ ports, pods: inGroup }) => {
      const ready = inGroup.filter((pod) => isOffered(service, pod)).map(address);
      const waiting = inGroup.filter((pod) => !isOffered(service, pod)).map(address);
      return {
        ...(ready.length > 0 ? { addresses: ready } : {}),
        ...(waiting.length > 0 ? { notReadyAddresses: waiting } : {}),
        ports,
      };
    },
  );
  const object = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name, ...(namespace ? { namespace } : {}), ...labelled(service) },
    ...(subsets.length > 0 ? { subsets } : {}),
  };
  const old = cluster.list('endpoints', namespace).find(({ metadata }) => metadata.name === name);
  return [{ verb: old ? 'update' : 'create', resource: 'endpoints', object }];
}

const labelled = ({ metadata }: KubeService) => (metadata.labels ? { labels: metadata.labels } : {});

const serviceLabel = 'kubernetes.io/service-name';

function sliced(cluster: Cluster, service: KubeService, pods: readonly Pod[]): Write[] {
  const { name, namespace } = service.metadata;
  const resource = 'endpointslices.discovery.k8s.io';
  const old = cluster
    .list(resource, namespace)
    .filter(({ metadata }) => metadata.labels?.[serviceLabel] === name && isOurs(metadata.labels));
  const wanted = groups(service, [...pods].sort(byAddress));
  if (wanted.length === 0) wanted.push({ ports: [], pods: [] });
  const writes = wanted.map(({ ports, pods: inGroup }, at): Write => {
    const object = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        name: `${name}-${at === 0 ? 'v4' : `v4-${at}`}`,
        ...(namespace ? { namespace } : {}),
        labels: {
          ...service.metadata.labels,
          [serviceLabel]: name,
          [managedLabel]: 'endpointslice-controller.k8s.io',
        },
        ownerReferences: [reference(service)],
      },
      addressType: 'IPv4',
      endpoints: inGroup.map((pod) => ({
        addresses: [pod.status?.podIP ?? ''],
        conditions: {
          ready: isOffered(service, pod),
          serving: isReady(pod),
          terminating: isLeaving(pod),
        },
        ...(pod.spec.hostname === undefined ? {} : { hostname: pod.spec.hostname }),
        nodeName: pod.spec.nodeName ?? '',
        targetRef: target(pod),
      })),
      ports: ports.map((port) => ({ name: '', ...port })),
    };
    const before = old.find(({ metadata }) => metadata.name === object.metadata.name);
    return { verb: before ? 'update' : 'create', resource, object };
  });
  const gone = old.filter(
    (slice) => !writes.some((write) => 'object' in write && sameName(write.object, slice)),
  );
  return [...writes, ...gone.map((object): Write => ({ verb: 'delete', resource, object }))];
}

const managedLabel = 'endpointslice.kubernetes.io/managed-by';
const isOurs = (labels: Record<string, string>): boolean =>
  labels[managedLabel] === 'endpointslice-controller.k8s.io';
const sameName = (one: { metadata: { name: string } }, other: Slice): boolean =>
  one.metadata.name === other.metadata.name;
