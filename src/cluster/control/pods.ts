import type { Pod } from '../objects/pod.ts';
import type { OwnedMetadata, OwnerReference, PodTemplate, Selector } from '../objects/workloads.ts';
import type { ApiObject } from '../store/objects.ts';
import type { Write } from './cluster.ts';
import { selects } from './selectors.ts';

export const ownedOf = ({ metadata }: ApiObject): OwnedMetadata => metadata;

export function controllerOf(object: ApiObject): OwnerReference | null {
  return ownedOf(object).ownerReferences?.find(({ controller }) => controller) ?? null;
}

export function reference(owner: ApiObject): OwnerReference {
  const { name, uid = '' } = owner.metadata;
  const { apiVersion, kind } = owner;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

export const isLeaving = (object: ApiObject): boolean => ownedOf(object).deletionTimestamp !== undefined;

/** Neither ended nor about to end. */
export function isActive(pod: Pod): boolean {
  return !isLeaving(pod) && pod.status?.phase !== 'Succeeded' && pod.status?.phase !== 'Failed';
}

export function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

/** Pods of a controller, and writes that give it those without one that it selects. */
export function claim(owner: ApiObject & { spec: { selector: Selector } }, pods: readonly Pod[]) {
  const mine: Pod[] = [];
  const writes: Write[] = [];
  for (const pod of pods) {
    const controller = controllerOf(pod);
    const matches = selects(owner.spec.selector, pod.metadata.labels);
    if (controller?.uid === owner.metadata.uid && matches) mine.push(pod);
    else if (controller?.uid === owner.metadata.uid) {
      // Its labels were changed: it has no owner now.
      const ownerReferences = ownedOf(pod).ownerReferences?.filter(({ uid }) => uid !== owner.metadata.uid);
      writes.push({
        verb: 'update',
        resource: 'pods',
        object: { ...pod, metadata: { ...pod.metadata, ownerReferences } },
      });
    } else if (controller === null && matches && isActive(pod)) {
      const ownerReferences = [...(ownedOf(pod).ownerReferences ?? []), reference(owner)];
      writes.push({
        verb: 'update',
        resource: 'pods',
        object: { ...pod, metadata: { ...pod.metadata, ownerReferences } },
      });
      mine.push(pod);
    }
  }
  return { mine, writes };
}

/** The pod that a template describes. */
export function podFrom(template: PodTemplate, owner: ApiObject, name: string, labels = {}): Pod {
  const { namespace } = owner.metadata;
  const spec = structuredClone(template.spec);
  // The API server's default, which a template does not have.
  for (const { resources } of spec.containers)
    if (resources?.limits) resources.requests = { ...resources.limits, ...resources.requests };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      generateName: name.slice(0, -5),
      labels: { ...template.metadata?.labels, ...labels },
      ...(template.metadata?.annotations ? { annotations: template.metadata.annotations } : {}),
      ownerReferences: [reference(owner)],
    },
    spec,
    status: { phase: 'Pending', qosClass: 'BestEffort' },
  };
}
