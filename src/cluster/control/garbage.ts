import type { Resource } from '../objects/kinds.ts';
import type { Cluster, Write } from './cluster.ts';
import { isLeaving, ownedOf } from './pods.ts';

const owning: Resource[] = [
  'deployments.apps',
  'replicasets.apps',
  'daemonsets.apps',
  'statefulsets.apps',
  'jobs.batch',
  'services',
  'nodes',
  'pods',
];
const owned: Resource[] = ['replicasets.apps', 'pods', 'endpointslices.discovery.k8s.io'];

/** Deletes objects whose owner no longer exists. */
export function garbage(cluster: Cluster): Write[] {
  const alive = new Set(
    owning.flatMap((resource) => cluster.list(resource).map(({ metadata }) => metadata.uid)),
  );
  const orphans = owned.flatMap((resource) =>
    cluster
      .list(resource)
      .filter((object) => !isLeaving(object))
      .filter((object) => {
        const owners = ownedOf(object).ownerReferences ?? [];
        return owners.length > 0 && owners.every(({ uid }) => !alive.has(uid));
      })
      .map((object): Write => ({ verb: 'delete', resource, object })),
  );
  const names = new Set(
    cluster.list('services').map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
  );
  // Endpoints have no owner; they go by the service's name. Those without a selector are a user's own.
  const managed = cluster
    .list('endpoints')
    .filter(({ metadata }) => !names.has(`${metadata.namespace}/${metadata.name}`))
    .map((object): Write => ({ verb: 'delete', resource: 'endpoints', object }));
  return [...orphans, ...managed];
}
