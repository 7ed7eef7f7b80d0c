import type { Pod } from '../objects/pod.ts';
import type { ReplicaSet } from '../objects/workloads.ts';
import type { Cluster, Write } from './cluster.ts';
import { uniqueName } from './names.ts';
import { claim, isActive, isLeaving, isReady, ownedOf, podFrom } from './pods.ts';

/** As many pods as a replica set wants, and its status. */
export function replicaSets(cluster: Cluster): Write[] {
  return cluster.list('replicasets.apps').flatMap((set) => (isLeaving(set) ? [] : replicaSet(cluster, set)));
}

function replicaSet(cluster: Cluster, set: ReplicaSet): Write[] {
  const { name, namespace } = set.metadata;
  const inNamespace = cluster.list('pods', namespace);
  const { mine, writes } = claim(set, inNamespace);
  const active = mine.filter(isActive);
  const { replicas = 1, template } = set.spec;
  const taken = new Set(inNamespace.map((pod) => pod.metadata.name));
  for (let count = active.length; count < replicas; count++) {
    const pod = podFrom(template, set, uniqueName(name, taken));
    taken.add(pod.metadata.name);
    writes.push({ verb: 'create', resource: 'pods', object: pod });
    writes.push(creationEvent(set, 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`));
  }
  const surplus = [...active].sort(leavesFirst).slice(0, Math.max(0, active.length - replicas));
  for (const pod of surplus) {
    writes.push({ verb: 'delete', resource: 'pods', object: pod });
    writes.push(creationEvent(set, 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`));
  }
  const ready = active.filter(isReady).length;
  const status = {
    replicas: active.length,
    fullyLabeledReplicas: active.length,
    ...(ready > 0 ? { readyReplicas: ready, availableReplicas: ready } : {}),
    observedGeneration: ownedOf(set).generation ?? 1,
  };
  return [...writes, { verb: 'update', resource: 'replicasets.apps', object: { ...set, status } }];
}

/** Pods without a node first, then those that are not ready, then the youngest. */
function leavesFirst(one: Pod, other: Pod): number {
  const rank = (pod: Pod) => (pod.spec.nodeName === undefined ? 0 : isReady(pod) ? 2 : 1);
  const age = (pod: Pod) => pod.metadata.creationTimestamp ?? '';
  return rank(one) - rank(other) || age(other).localeCompare(age(one)) || later(one, other);
}

const later = (one: Pod, other: Pod): number =>
  Number(other.metadata.resourceVersion) - Number(one.metadata.resourceVersion);

function creationEvent(set: ReplicaSet, reason: string, message: string): Write {
  return { verb: 'event', about: set, from: 'replicaset-controller', type: 'Normal', reason, message };
}
