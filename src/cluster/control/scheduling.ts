import type { Node } from '../objects/kinds.ts';
import type { Pod } from '../objects/pod.ts';
import type { Cluster, Write } from './cluster.ts';
import { condition } from './deployment-status.ts';
import { isActive, isLeaving } from './pods.ts';
import { matchesAll } from './selectors.ts';

/** Gives every pod without a node the one with the fewest pods; among equals the first by name. */
export function scheduler(cluster: Cluster): Write[] {
  const nodes = cluster.list('nodes');
  const load = new Map(nodes.map(({ metadata }) => [metadata.name, 0]));
  for (const { spec } of cluster.list('pods').filter(isActive))
    if (spec.nodeName !== undefined) load.set(spec.nodeName, (load.get(spec.nodeName) ?? 0) + 1);
  const waiting = cluster
    .list('pods')
    .filter((pod) => pod.spec.nodeName === undefined && !isLeaving(pod))
    .sort((one, other) => Number(one.metadata.resourceVersion) - Number(other.metadata.resourceVersion));
  return waiting.flatMap((pod): Write[] => {
    const reasons = nodes.map((node) => whyNot(pod, node) ?? (tolerates(pod, node) ? null : taint(node)));
    const [chosen] = nodes
      .filter((_, at) => reasons[at] === null)
      .map(({ metadata }) => metadata.name)
      .sort((one, other) => (load.get(one) ?? 0) - (load.get(other) ?? 0) || one.localeCompare(other));
    if (chosen === undefined) return unschedulable(pod, reasons, cluster.now);
    load.set(chosen, (load.get(chosen) ?? 0) + 1);
    const conditions = [
      condition(pod.status?.conditions ?? [], cluster.now, { type: 'PodScheduled', status: 'True' }),
    ];
    const bound = { ...pod, spec: { ...pod.spec, nodeName: chosen }, status: { ...pod.status, conditions } };
    const message = `Successfully assigned ${pod.metadata.namespace}/${pod.metadata.name} to ${chosen}`;
    return [
      { verb: 'update', resource: 'pods', object: bound },
      { verb: 'event', about: pod, from: 'default-scheduler', type: 'Normal', reason: 'Scheduled', message },
    ];
  });
}

function unschedulable(pod: Pod, reasons: readonly (string | null)[], now: string): Write[] {
  const counted = new Map<string, number>();
  for (const reason of reasons) if (reason !== null) counted.set(reason, (counted.get(reason) ?? 0) + 1);
  const list = [...counted].map(([reason, count]) => `${count} ${reason}`).join(', ');
  const message = `0/${reasons.length} nodes are available: ${list}.`;
  const withCondition = condition(pod.status?.conditions ?? [], now, {
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message,
  });
  if (pod.status?.conditions?.some((old) => old.message === message)) return [];
  return [
    {
      verb: 'update',
      resource: 'pods',
      object: { ...pod, status: { ...pod.status, conditions: [withCondition] } },
    },
    {
      verb: 'event',
      about: pod,
      from: 'default-scheduler',
      type: 'Warning',
      reason: 'FailedScheduling',
      message,
    },
  ];
}

/** Why a node cannot take a pod, its taints apart; null where it can. */
export function whyNot(pod: Pod, node: Node): string | null {
  const { nodeSelector } = pod.spec;
  if (nodeSelector !== undefined && !matchesAll(nodeSelector, node.metadata.labels))
    return "node(s) didn't match Pod's node affinity/selector";
  const ready = node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
  return ready ? null : 'node(s) were not ready';
}

export function tolerates(pod: Pod, node: Node): boolean {
  return untolerated(pod, node).length === 0;
}

function untolerated(pod: Pod, { spec }: Node) {
  const taints = [
    ...(spec.taints ?? []),
    ...(spec.unschedulable ? [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }] : []),
  ];
  return taints.filter(
    ({ key, effect, value = '' }: { key: string; effect: string; value?: string }) =>
      effect !== 'PreferNoSchedule' &&
      !(pod.spec.tolerations ?? []).some(
        (each) =>
          (each.effect === undefined || each.effect === '' || each.effect === effect) &&
          (each.key === undefined || each.key === '' || each.key === key) &&
          (each.operator === 'Exists' || (each.value ?? '') === value),
      ),
  );
}

function taint({ spec }: Node): string {
  const [first] = spec.taints ?? [];
  if (first === undefined) return 'node(s) were unschedulable';
  const value = first.value === undefined ? '' : `: ${first.value}`;
  return `node(s) had untolerated taint {${first.key}${value}}`;
}
