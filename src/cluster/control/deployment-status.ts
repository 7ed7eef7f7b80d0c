import type { Condition } from '../objects/pod.ts';
import type { Deployment, ReplicaSet } from '../objects/workloads.ts';
import { ownedOf } from './pods.ts';
import { limits } from './rollout.ts';

export function deploymentStatus(
  wanted: Deployment,
  newest: ReplicaSet | undefined,
  sets: readonly ReplicaSet[],
  now: string,
) {
  const sum = (of: (set: ReplicaSet) => number) => sets.reduce((total, set) => total + of(set), 0);
  const replicas = sum((set) => set.status?.replicas ?? 0);
  const ready = sum((set) => set.status?.readyReplicas ?? 0);
  const available = sum((set) => set.status?.availableReplicas ?? 0);
  const updated = newest?.status?.replicas ?? 0;
  const desired = wanted.spec.replicas ?? 1;
  const unavailable = Math.max(0, desired - available);
  const enough = available >= desired - limits(wanted).unavailable;
  const done = updated === desired && replicas === desired && available === desired;
  const before = wanted.status?.conditions ?? [];
  const name = newest?.metadata.name ?? '';
  return {
    observedGeneration: ownedOf(wanted).generation ?? 1,
    ...(replicas > 0 ? { replicas } : {}),
    ...(updated > 0 ? { updatedReplicas: updated } : {}),
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    ...(unavailable > 0 ? { unavailableReplicas: unavailable } : {}),
    conditions: [
      condition(before, now, {
        type: 'Available',
        status: enough ? 'True' : 'False',
        reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
        message: `Deployment ${enough ? 'has' : 'does not have'} minimum availability.`,
      }),
      condition(before, now, {
        type: 'Progressing',
        status: 'True',
        reason: done ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
        message: `ReplicaSet "${name}" ${done ? 'has successfully progressed' : 'is progressing'}.`,
      }),
    ],
  };
}

/** With the time of the last change of its status, and of its words. */
export function condition(before: readonly Condition[], now: string, given: Condition): Condition {
  const old = before.find(({ type }) => type === given.type);
  const same = old?.status === given.status;
  const unchanged = same && old?.reason === given.reason && old?.message === given.message;
  return {
    ...given,
    lastTransitionTime: same ? (old?.lastTransitionTime ?? now) : now,
    ...(given.type === 'Ready' ? {} : { lastUpdateTime: unchanged ? (old?.lastUpdateTime ?? now) : now }),
  };
}
