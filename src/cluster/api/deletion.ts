import type { ApiObject, Metadata } from '../store/objects.ts';
import { conflict } from './request/errors.ts';
import type { Resource } from './resources.ts';
import { at, recordsOf } from './values.ts';

export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

export interface DeleteOptions {
  gracePeriodSeconds?: number | undefined;
  propagationPolicy?: string | undefined;
  preconditions?: { uid?: string | undefined; resourceVersion?: string | undefined };
}

export function checkPreconditions(
  resource: Resource,
  object: ApiObject,
  { preconditions = {} }: DeleteOptions,
): void {
  const { name, uid, resourceVersion } = object.metadata;
  if (preconditions.uid !== undefined && preconditions.uid !== uid) {
    const why = `Precondition failed: UID in precondition: ${preconditions.uid}, UID in object meta: ${uid}`;
    throw conflict(resource, name, why);
  }
  if (preconditions.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion) {
    const why = `Precondition failed: ResourceVersion in precondition: ${preconditions.resourceVersion}, ResourceVersion in object meta: ${resourceVersion}`;
    throw conflict(resource, name, why);
  }
}

/** The object marked as being deleted; undefined where it goes at once. */
export function markDeleted(
  before: ApiObject,
  { kind }: Resource,
  { gracePeriodSeconds, propagationPolicy }: DeleteOptions,
  now: Date,
): ApiObject | undefined {
  const finalizers = new Set(Array.isArray(before.metadata.finalizers) ? before.metadata.finalizers : []);
  if (propagationPolicy === 'Foreground') finalizers.add('foregroundDeletion');
  if (propagationPolicy === 'Orphan') finalizers.add('orphan');
  const metadata: Metadata = { ...before.metadata };
  if (finalizers.size > 0) metadata.finalizers = [...finalizers];
  if (kind === 'Namespace') {
    metadata.deletionTimestamp ??= timestamp(now);
    return { ...before, metadata, status: { phase: 'Terminating' } };
  }
  const grace = kind === 'Pod' ? podGrace(before, gracePeriodSeconds) : 0;
  if (grace === 0 && finalizers.size === 0) return undefined;
  metadata.deletionTimestamp ??= timestamp(new Date(now.getTime() + grace * 1000));
  metadata.deletionGracePeriodSeconds = grace;
  return { ...before, metadata };
}

/** A pod that no node has, or that has ended, needs no time to end. */
function podGrace(pod: ApiObject, asked: number | undefined): number {
  const spec = at(pod, 'spec');
  const status = at(pod, 'status');
  if (!spec.nodeName || status.phase === 'Failed' || status.phase === 'Succeeded') return 0;
  return asked ?? Number(spec.terminationGracePeriodSeconds ?? 30);
}

/** The last finalizer of an object being deleted has been taken away. */
export function goesNow(object: ApiObject): boolean {
  const { metadata } = object;
  if (metadata.deletionTimestamp === undefined) return false;
  if (Array.isArray(metadata.finalizers) && metadata.finalizers.length > 0) return false;
  if (object.kind === 'Namespace') {
    return recordsOf([object.spec]).every(
      ({ finalizers }) => !Array.isArray(finalizers) || finalizers.length === 0,
    );
  }
  return metadata.deletionGracePeriodSeconds === 0;
}
