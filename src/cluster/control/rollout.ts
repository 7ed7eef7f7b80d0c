import type { Deployment, ReplicaSet } from '../objects/workloads.ts';

export interface Size {
  set: ReplicaSet;
  replicas: number;
}

const sum = (sets: readonly ReplicaSet[], of: (set: ReplicaSet) => number): number =>
  sets.reduce((total, set) => total + of(set), 0);
const wantedBy = (set: ReplicaSet): number => set.spec.replicas ?? 0;
const availableIn = (set: ReplicaSet): number => set.status?.availableReplicas ?? 0;

/** How large each replica set shall be now: never more pods than maxSurge allows, never fewer ready than maxUnavailable does. */
export function rollingSizes(wanted: Deployment, newest: ReplicaSet, older: readonly ReplicaSet[]): Size[] {
  const { replicas = 1, strategy } = wanted.spec;
  if (strategy?.type === 'Recreate') {
    const gone = sum(older, (set) => set.status?.replicas ?? 0) === 0;
    return [...older.map((set) => ({ set, replicas: 0 })), ...(gone ? [{ set: newest, replicas }] : [])];
  }
  const { surge, unavailable } = limits(wanted);
  const total = sum([newest, ...older], wantedBy);
  if (older.every((set) => wantedBy(set) === 0)) return [{ set: newest, replicas }];
  if (wantedBy(newest) > replicas) return [{ set: newest, replicas }];
  const room = Math.max(0, replicas + surge - total);
  const grown = Math.min(replicas, wantedBy(newest) + room);
  return [{ set: newest, replicas: grown }, ...shrunk(replicas - unavailable, newest, older, total)];
}

/** First the older ones that are not ready, then as many as may be missed. */
function shrunk(least: number, newest: ReplicaSet, older: readonly ReplicaSet[], total: number): Size[] {
  const notYet = wantedBy(newest) - availableIn(newest);
  let removable = Math.max(0, total - least - notYet);
  const sizes = older.map((set) => ({ set, replicas: wantedBy(set) }));
  for (const size of sizes) {
    const unready = Math.min(removable, size.replicas - Math.min(size.replicas, availableIn(size.set)));
    size.replicas -= unready;
    removable -= unready;
  }
  let spare = Math.max(0, sum([newest, ...older], availableIn) - least);
  for (const size of sizes) {
    const fewer = Math.min(spare, size.replicas, removable);
    size.replicas -= fewer;
    spare -= fewer;
    removable -= fewer;
  }
  return sizes;
}

/** Percentages: surge is rounded up, unavailable down; both 0 would stand still. */
export function limits({ spec }: Deployment): { surge: number; unavailable: number } {
  const { maxSurge = '25%', maxUnavailable = '25%' } = spec.strategy?.rollingUpdate ?? {};
  const { replicas = 1 } = spec;
  const share = (value: number | string, round: (value: number) => number) =>
    typeof value === 'number' ? value : round((Number.parseInt(value, 10) * replicas) / 100);
  const surge = share(maxSurge, Math.ceil);
  const unavailable = share(maxUnavailable, Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}
