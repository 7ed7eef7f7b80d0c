import type { Resource } from '../objects/kinds.ts';
import type { Cluster, Write } from './cluster.ts';
import { isLeaving, ownedOf } from './pods.ts';

/** The resources of a namespace that controllers clean up. */
const inside: Resource[] = [
  'deployments.apps',
  'daemonsets.apps',
  'statefulsets.apps',
  'jobs.batch',
  'replicasets.apps',
  'pods',
  'services',
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'configmaps',
  'secrets',
  'serviceaccounts',
  'events',
];

/** Every namespace has a service account `default` and the cluster's certificate; one that is deleted is emptied first. */
export function namespaces(caCertificate: string): (cluster: Cluster) => Write[] {
  return (cluster) => {
    const all = cluster.list('namespaces');
    const made = all
      .filter((each) => !isLeaving(each))
      .flatMap(({ metadata: { name } }): Write[] => {
        const has = (resource: Resource, wanted: string) =>
          cluster.list(resource, name).some(({ metadata }) => metadata.name === wanted);
        const account = {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'default', namespace: name },
        };
        const root = {
          ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kube-root-ca.crt', namespace: name } },
          data: { 'ca.crt': caCertificate },
        };
        return [
          ...(has('serviceaccounts', 'default')
            ? []
            : [{ verb: 'create', resource: 'serviceaccounts', object: account } as const]),
          ...(has('configmaps', 'kube-root-ca.crt')
            ? []
            : [{ verb: 'create', resource: 'configmaps', object: root } as const]),
        ];
      });
    const alive = new Set(all.filter((each) => !isLeaving(each)).map(({ metadata }) => metadata.name));
    const left = inside.flatMap((resource) =>
      cluster
        .list(resource)
        .filter(({ metadata }) => metadata.namespace !== undefined && !alive.has(metadata.namespace))
        .map((object) => ({ resource, object })),
    );
    const emptied = left
      .filter(({ object }) => ownedOf(object).deletionTimestamp === undefined)
      .map(({ resource, object }): Write => ({ verb: 'delete', resource, object }));
    const gone = all
      .filter(
        (each) =>
          isLeaving(each) && !left.some(({ object }) => object.metadata.namespace === each.metadata.name),
      )
      .map((object): Write => ({ verb: 'delete', resource: 'namespaces', object }));
    return [...made, ...emptied, ...gone];
  };
}
