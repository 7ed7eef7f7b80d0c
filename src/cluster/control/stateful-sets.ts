import type { Pod } from '../objects/pod.ts';
import type { StatefulSet } from '../objects/workloads.ts';
import type { Cluster, Write } from './cluster.ts';
import { templateHash } from './names.ts';
import { claim, isActive, isLeaving, isReady, ownedOf, podFrom } from './pods.ts';

/** Pods NAME-0, NAME-1 and so on: one after the other, and away in the other order. */
export function statefulSets(cluster: Cluster): Write[] {
  return cluster
    .list('statefulsets.apps')
    .flatMap((set) => (isLeaving(set) ? [] : statefulSet(cluster, set)));
}

function statefulSet(cluster: Cluster, set: StatefulSet): Write[] {
  const { name } = set.metadata;
  const { replicas = 1, template, ordinals, podManagementPolicy, updateStrategy } = set.spec;
  const revision = `${name}-${templateHash(template)}`;
  const first = ordinals?.start ?? 0;
  const inNamespace = cluster.list('pods', set.metadata.namespace);
  const { mine, writes } = claim(set, inNamespace);
  const wanted = Array.from({ length: replicas }, (_, n) => `${name}-${first + n}`);
  const oneByOne = podManagementPolicy !== 'Parallel';
  const pods = new Map(mine.map((pod) => [pod.metadata.name, pod]));

  const steps: Write[] = [];
  for (const podName of wanted) {
    const pod = pods.get(podName);
    if (pod === undefined) {
      // A pod of this name that is still there, or another's, comes first.
      if (!inNamespace.some(({ metadata }) => metadata.name === podName))
        steps.push(...made(set, podName, revision));
    } else if (!isActive(pod) && !isLeaving(pod)) steps.push(...gone(set, pod));
    if (oneByOne && !settled(pod)) break;
  }
  const surplus = mine
    .filter((pod) => !wanted.includes(pod.metadata.name))
    .sort((one, other) => ordinalOf(other) - ordinalOf(one));
  const leaving = oneByOne ? surplus.slice(0, 1) : surplus;
  // A lower pod goes when the higher one is gone, and none while another is made.
  if (steps.length === 0 || !oneByOne)
    for (const pod of leaving) if (!isLeaving(pod)) steps.push(...gone(set, pod));
  const here = wanted.flatMap((podName) => pods.get(podName) ?? []);
  const partition = updateStrategy?.rollingUpdate?.partition ?? 0;
  const outdated = here
    .filter((pod) => revisionOf(pod) !== revision && ordinalOf(pod) >= partition)
    .sort((one, other) => ordinalOf(other) - ordinalOf(one))[0];
  const rolls = updateStrategy?.type !== 'OnDelete' && outdated !== undefined;
  if (rolls && steps.length === 0 && here.length === wanted.length && here.every(settled))
    steps.push(...gone(set, outdated));

  const active = here.filter(isActive);
  const ready = active.filter(isReady).length;
  const updated = active.filter((pod) => revisionOf(pod) === revision).length;
  const all = updated === active.length && active.length === replicas;
  const before = set.status?.currentRevision;
  const status = {
    observedGeneration: ownedOf(set).generation ?? 1,
    replicas: active.length,
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(all || active.length > updated ? { currentReplicas: all ? updated : active.length - updated } : {}),
    ...(updated > 0 ? { updatedReplicas: updated } : {}),
    currentRevision: all || before === undefined ? revision : before,
    updateRevision: revision,
    collisionCount: 0,
    availableReplicas: ready,
  };
  return [...writes, ...steps, { verb: 'update', resource: 'statefulsets.apps', object: { ...set, status } }];
}

const settled = (pod: Pod | undefined): boolean => pod !== undefined && isActive(pod) && isReady(pod);

const revisionOf = ({ metadata }: Pod): string | undefined => metadata.labels?.['controller-revision-hash'];

const ordinalOf = ({ metadata }: Pod): number =>
  Number(metadata.name.slice(metadata.name.lastIndexOf('-') + 1));

function made(set: StatefulSet, podName: string, revision: string): Write[] {
  const pod = podFrom(set.spec.template, set, podName, {
    'apps.kubernetes.io/pod-index': podName.slice(podName.lastIndexOf('-') + 1),
    'controller-revision-hash': revision,
    'statefulset.kubernetes.io/pod-name': podName,
  });
  pod.metadata.generateName = `${set.metadata.name}-`;
  pod.spec.hostname = podName;
  if (set.spec.serviceName) pod.spec.subdomain = set.spec.serviceName;
  return [
    { verb: 'create', resource: 'pods', object: pod },
    about(set, 'SuccessfulCreate', `create Pod ${podName} in StatefulSet ${set.metadata.name} successful`),
  ];
}

function gone(set: StatefulSet, pod: Pod): Write[] {
  const { name } = pod.metadata;
  return [
    { verb: 'delete', resource: 'pods', object: pod },
    about(set, 'SuccessfulDelete', `delete Pod ${name} in StatefulSet ${set.metadata.name} successful`),
  ];
}

function about(set: StatefulSet, reason: string, message: string): Write {
  return { verb: 'event', about: set, from: 'statefulset-controller', type: 'Normal', reason, message };
}
