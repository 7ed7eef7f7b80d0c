import type { Deployment, ReplicaSet } from '../objects/workloads.ts';
import type { Cluster, Write } from './cluster.ts';
import { deploymentStatus } from './deployment-status.ts';
import { templateHash } from './names.ts';
import { controllerOf, isLeaving, reference } from './pods.ts';
import { rollingSizes } from './rollout.ts';

const revisionKey = 'deployment.kubernetes.io/revision';
const hashLabel = 'pod-template-hash';

/** Annotations of a deployment that say nothing about its template (deploymentutil, annotationsToSkip). */
const ownAnnotations = new Set([revisionKey, 'kubectl.kubernetes.io/last-applied-configuration']);

/** A replica set for each template a deployment has had; the newest grows as the others shrink. */
export function deployments(cluster: Cluster): Write[] {
  return cluster
    .list('deployments.apps')
    .flatMap((each) => (isLeaving(each) ? [] : deployment(cluster, each)));
}

function deployment(cluster: Cluster, wanted: Deployment): Write[] {
  const sets = cluster
    .list('replicasets.apps', wanted.metadata.namespace)
    .filter((set) => controllerOf(set)?.uid === wanted.metadata.uid);
  const hash = templateHash(wanted.spec.template);
  const newest =
    sets.find((set) => hasTemplateOf(set, wanted)) ??
    sets.find(({ metadata }) => metadata.labels?.[hashLabel] === hash);
  const older = sets.filter((set) => set !== newest);
  if (newest === undefined && !wanted.spec.paused) return [created(wanted, sets, hash)];
  const writes: Write[] = [];
  const last = Math.max(0, ...older.map(revisionOf));
  if (newest !== undefined) {
    const number = revisionOf(newest) <= last ? last + 1 : revisionOf(newest);
    const annotations = { ...newest.metadata.annotations, ...annotationsOf(wanted, number) };
    if (contentOf(annotations) === contentOf(newest.metadata.annotations))
      writes.push(...sized(wanted, newest, older));
    else writes.push(annotated(newest, annotations));
  }
  const revision = newest === undefined ? last : Math.max(revisionOf(newest), last);
  const annotations = { ...wanted.metadata.annotations, [revisionKey]: String(revision) };
  const status = deploymentStatus(wanted, newest, sets, cluster.now);
  const object = { ...wanted, metadata: { ...wanted.metadata, annotations }, status };
  writes.push({ verb: 'update', resource: 'deployments.apps', object });
  const kept = wanted.spec.revisionHistoryLimit ?? 10;
  const empty = older
    .filter(({ spec, status: has }) => spec.replicas === 0 && (has?.replicas ?? 0) === 0)
    .sort((one, other) => revisionOf(one) - revisionOf(other));
  for (const set of empty.slice(0, Math.max(0, empty.length - kept)))
    writes.push({ verb: 'delete', resource: 'replicasets.apps', object: set });
  return writes;
}

const revisionOf = (set: ReplicaSet): number => Number(set.metadata.annotations?.[revisionKey] ?? 0);

/**
 * `kubectl rollout undo` brings an old template back: its set is the newest again. The template comes with its fields
 * in another order, so its hash may be another one.
 */
function hasTemplateOf(set: ReplicaSet, { spec }: Deployment): boolean {
  const { template } = set.spec;
  const { [hashLabel]: _, ...labels } = template.metadata?.labels ?? {};
  const own = { ...template, metadata: { ...template.metadata, labels } };
  const wanted = { ...spec.template, metadata: { labels: {}, ...spec.template.metadata } };
  return contentOf(own) === contentOf(wanted);
}

/** The same text for the same content: fields in order, without those that are null. */
const contentOf = (value: unknown): string =>
  JSON.stringify(value, (_, one) =>
    one === null || typeof one !== 'object' || Array.isArray(one)
      ? one
      : Object.fromEntries(
          Object.entries(one)
            .filter(([, field]) => field !== null)
            .sort(([name], [other]) => (name < other ? -1 : 1)),
        ),
  );

/** `kubectl rollout history` shows the cause of a change from the set. */
function annotationsOf({ metadata }: Deployment, revision: number): Record<string, string> {
  const copied = Object.entries(metadata.annotations ?? {}).filter(([key]) => !ownAnnotations.has(key));
  return { ...Object.fromEntries(copied), [revisionKey]: String(revision) };
}

function annotated(set: ReplicaSet, annotations: Record<string, string>): Write {
  const object = { ...set, metadata: { ...set.metadata, annotations } };
  return { verb: 'update', resource: 'replicasets.apps', object };
}

function created(wanted: Deployment, sets: readonly ReplicaSet[], hash: string): Write {
  const { name, namespace } = wanted.metadata;
  const labels = { ...wanted.spec.template.metadata?.labels, [hashLabel]: hash };
  const revision = Math.max(0, ...sets.map(revisionOf)) + 1;
  const matchLabels = { ...wanted.spec.selector.matchLabels, [hashLabel]: hash };
  const template = structuredClone(wanted.spec.template);
  return {
    verb: 'create',
    resource: 'replicasets.apps',
    object: {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name: `${name}-${hash}`,
        ...(namespace === undefined ? {} : { namespace }),
        labels,
        annotations: annotationsOf(wanted, revision),
        ownerReferences: [reference(wanted)],
        generation: 1,
      },
      spec: {
        replicas: 0,
        selector: { ...wanted.spec.selector, matchLabels },
        template: { ...template, metadata: { ...template.metadata, labels } },
      },
    },
  };
}

function sized(wanted: Deployment, newest: ReplicaSet, older: readonly ReplicaSet[]): Write[] {
  const sizes = wanted.spec.paused ? [] : rollingSizes(wanted, newest, older);
  return sizes.flatMap(({ set, replicas }): Write[] => {
    const before = set.spec.replicas ?? 0;
    if (before === replicas) return [];
    const direction = replicas > before ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${set.metadata.name} from ${before} to ${replicas}`;
    return [
      { verb: 'update', resource: 'replicasets.apps', object: { ...set, spec: { ...set.spec, replicas } } },
      {
        verb: 'event',
        about: wanted,
        from: 'deployment-controller',
        type: 'Normal',
        reason: 'ScalingReplicaSet',
        message,
      },
    ];
  });
}
