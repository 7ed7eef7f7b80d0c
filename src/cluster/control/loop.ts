import type { Kinds } from '../objects/kinds.ts';
import { StoreError } from '../store/objects.ts';
import type { Store } from '../store/store.ts';
import { type Controller, clusterOf, type Write } from './cluster.ts';
import { record } from './events.ts';
import { isLeaving } from './pods.ts';

/** Every resource whose changes controllers look at. */
const watched: (keyof Kinds)[] = [
  'namespaces',
  'nodes',
  'pods',
  'services',
  'endpoints',
  'configmaps',
  'serviceaccounts',
  'deployments.apps',
  'replicasets.apps',
  'daemonsets.apps',
  'statefulsets.apps',
  'jobs.batch',
  'endpointslices.discovery.k8s.io',
];

/**
 * Lets every controller decide after a change, until none has anything to write any more. All of it happens
 * between two turns of the event loop, so no other write comes in between.
 */
export function runControllers(store: Store, controllers: readonly Controller[]): () => void {
  let due = false;
  const round = () => {
    due = false;
    for (const controller of controllers) {
      for (const write of controller(clusterOf(store, new Date()))) carryOut(store, write);
    }
  };
  const wake = () => {
    if (due) return;
    due = true;
    setImmediate(round);
  };
  const ends = watched.map((resource) => store.watch({ resource }, store.resourceVersion, wake));
  wake();
  return () => {
    for (const end of ends) end();
  };
}

export function carryOut(store: Store, write: Write): void {
  try {
    if (write.verb === 'event') record(store, write);
    else if (write.verb === 'create') store.create(write.resource, write.object);
    else if (write.verb === 'update') store.update(write.resource, write.object);
    else deleted(store, write);
  } catch (error) {
    // Another writer was faster; the change has woken the controllers again.
    if (!(error instanceof StoreError)) throw error;
  }
}

/** A pod on a node ends there first: the node agent deletes it when it has. */
function deleted(store: Store, { resource, object }: Write & { verb: 'delete' }): void {
  const { namespace, name } = object.metadata;
  const current = store.get(resource, namespace, name);
  const spec = current.spec as { nodeName?: string; terminationGracePeriodSeconds?: number } | undefined;
  if (resource !== 'pods' || spec?.nodeName === undefined) {
    store.delete(resource, namespace, name);
    return;
  }
  if (isLeaving(current)) return;
  const seconds = spec.terminationGracePeriodSeconds ?? 30;
  const deletionTimestamp = new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
  const metadata = { ...current.metadata, deletionTimestamp, deletionGracePeriodSeconds: seconds };
  store.update(resource, { ...current, metadata });
}
