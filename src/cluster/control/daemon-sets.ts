import type { DaemonSet } from '../objects/workloads.ts';
import type { Cluster, Write } from './cluster.ts';
import { templateHash, uniqueName } from './names.ts';
import { claim, isActive, isLeaving, isReady, ownedOf, podFrom } from './pods.ts';
import { tolerates, whyNot } from './scheduling.ts';

/** One pod on every node that takes it. */
export function daemonSets(cluster: Cluster): Write[] {
  return cluster.list('daemonsets.apps').flatMap((set) => (isLeaving(set) ? [] : daemonSet(cluster, set)));
}

/** Such pods run where others may not be scheduled. */
const everywhere = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
];

function daemonSet(cluster: Cluster, set: DaemonSet): Write[] {
  const inNamespace = cluster.list('pods', set.metadata.namespace);
  const { mine, writes } = claim(set, inNamespace);
  const active = mine.filter(isActive);
  const taken = new Set(inNamespace.map((pod) => pod.metadata.name));
  const labels = {
    'controller-revision-hash': templateHash(set.spec.template),
    'pod-template-generation': String(ownedOf(set).generation ?? 1),
  };
  const wanted = podFrom(set.spec.template, set, set.metadata.name, labels);
  wanted.spec.tolerations = [...(wanted.spec.tolerations ?? []), ...everywhere];
  const nodes = cluster
    .list('nodes')
    .filter((node) => whyNot(wanted, node) === null && tolerates(wanted, node));
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  for (const name of names) {
    if (active.some(({ spec }) => spec.nodeName === name)) continue;
    const pod = structuredClone(wanted);
    pod.metadata.name = uniqueName(set.metadata.name, taken);
    taken.add(pod.metadata.name);
    pod.spec.nodeName = name;
    writes.push({ verb: 'create', resource: 'pods', object: pod });
    writes.push({
      verb: 'event',
      about: set,
      from: 'daemonset-controller',
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${pod.metadata.name}`,
    });
  }
  const here = active.filter(({ spec }) => names.has(spec.nodeName ?? ''));
  const outdated = here.find(
    ({ metadata }) => metadata.labels?.['controller-revision-hash'] !== labels['controller-revision-hash'],
  );
  const surplus = active.filter((pod) => !here.includes(pod));
  // An update replaces one pod at a time.
  const replaced = outdated !== undefined && here.every(isReady) ? [outdated] : [];
  for (const pod of [...surplus, ...replaced]) writes.push({ verb: 'delete', resource: 'pods', object: pod });
  const ready = here.filter(isReady).length;
  const status = {
    currentNumberScheduled: here.length,
    desiredNumberScheduled: names.size,
    numberMisscheduled: surplus.length,
    numberReady: ready,
    ...(ready > 0 ? { numberAvailable: ready } : {}),
    ...(ready < names.size ? { numberUnavailable: names.size - ready } : {}),
    updatedNumberScheduled: here.filter(
      ({ metadata }) => metadata.labels?.['controller-revision-hash'] === labels['controller-revision-hash'],
    ).length,
    observedGeneration: ownedOf(set).generation ?? 1,
  };
  return [...writes, { verb: 'update', resource: 'daemonsets.apps', object: { ...set, status } }];
}
