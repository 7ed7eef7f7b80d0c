import { allocate, defaultRanges, type Held } from '../api/kinds/allocate.ts';
import { chancesFor } from '../api/names.ts';
import { type Fields, recordsOf } from '../api/values.ts';
import { uniqueName } from '../control/names.ts';
import { isActive } from '../control/pods.ts';
import { fullName, imageOf } from '../node/images.ts';
import { lentDirectory } from '../node/places.ts';
import type { KubeService } from '../objects/kinds.ts';
import type { Pod } from '../objects/pod.ts';
import type { ApiObject } from '../store/objects.ts';
import { references } from './images.ts';

/** One operation of a JSON patch (RFC 6902). */
export interface Operation {
  op: 'add' | 'replace';
  path: string;
  value: unknown;
}

export interface Known {
  pods: readonly Pod[];
  services: readonly KubeService[];
}

/**
 * What the API server leaves to chance, as the small cluster gives it, so that the text of a lab is true here too:
 * the names of pods, the addresses and node ports of services. And a node that has an image does not look for it in a
 * registry that nobody reaches.
 */
export function changesTo(object: ApiObject, namespace: string, known: Known): Operation[] {
  if (object.kind === 'Pod') return podChanges(object as Pod, namespace, known.pods);
  if (object.kind === 'Service') return serviceChanges(object as KubeService, namespace, known.services);
  return [];
}

function podChanges(pod: Pod, namespace: string, pods: readonly Pod[]): Operation[] {
  const { name, generateName } = pod.metadata as { name?: string; generateName?: string };
  const taken = new Set(
    pods.filter(({ metadata }) => metadata.namespace === namespace).map(({ metadata }) => metadata.name),
  );
  const named: Operation[] =
    name || !generateName
      ? []
      : [{ op: 'add', path: '/metadata/name', value: uniqueName(generateName.replace(/-$/, ''), taken) }];
  const here = new Set(references.map(fullName));
  const present = pod.spec.containers.flatMap(({ image, imagePullPolicy }, at): Operation[] =>
    imagePullPolicy === 'Always' && here.has(fullName(image))
      ? [{ op: 'add', path: `/spec/containers/${at}/imagePullPolicy`, value: 'IfNotPresent' }]
      : [],
  );
  return [...named, ...present, ...lentTo(pod)];
}

/** A program of hoplab's own that stands for one of an image: the containers of that image see it, and no others. */
function lentTo(pod: Pod): Operation[] {
  const mounts = pod.spec.containers.flatMap(({ image, volumeMounts }, at): Operation[] => {
    if (imageOf(image)?.lent !== true) return [];
    const mount = { name: lentVolume, mountPath: lentDirectory, readOnly: true };
    return [
      { op: 'add', path: `/spec/containers/${at}/volumeMounts`, value: [...(volumeMounts ?? []), mount] },
    ];
  });
  if (mounts.length === 0) return [];
  const volume = { name: lentVolume, hostPath: { path: lentDirectory } };
  return [{ op: 'add', path: '/spec/volumes', value: [...(pod.spec.volumes ?? []), volume] }, ...mounts];
}

const lentVolume = 'stand-in';

function serviceChanges(
  service: KubeService,
  namespace: string,
  services: readonly KubeService[],
): Operation[] {
  const spec: Fields = structuredClone({ ...service.spec });
  const others = services.filter(
    ({ metadata }) => metadata.namespace !== namespace || metadata.name !== service.metadata.name,
  );
  const refused = allocate(
    spec,
    heldBy(others),
    defaultRanges,
    chancesFor(`${namespace}/${service.metadata.name}`),
  );
  // The API server finds the same fault, and says it in its own words.
  if (refused.length > 0 || spec.type === 'ExternalName') return [];
  const had: Fields = { ...service.spec };
  const ports = recordsOf(had.ports);
  return [
    ...changed('/spec/clusterIP', had.clusterIP, spec.clusterIP),
    ...changed('/spec/healthCheckNodePort', had.healthCheckNodePort, spec.healthCheckNodePort),
    ...recordsOf(spec.ports).flatMap(({ nodePort }, at) =>
      changed(`/spec/ports/${at}/nodePort`, ports[at]?.nodePort, nodePort),
    ),
  ];
}

const changed = (path: string, before: unknown, value: unknown): Operation[] =>
  value === undefined || value === before || before ? [] : [{ op: 'add', path, value }];

function heldBy(services: readonly KubeService[]): Held {
  return {
    ips: new Set(services.map(({ spec }) => spec.clusterIP ?? '')),
    nodePorts: new Set(
      services.flatMap(({ spec }) =>
        (spec.ports ?? []).flatMap(({ protocol = 'TCP', nodePort }) =>
          nodePort === undefined ? [] : [`${protocol} ${nodePort}`],
        ),
      ),
    ),
  };
}

/**
 * Of the nodes that can take a pod the one with the fewest, among equals the first by name: kube-scheduler picks by
 * chance. The cluster's DNS stays on the control plane, where kubeadm has it: it comes before the other nodes.
 */
export function chooseNode(
  pod: Pod,
  names: readonly string[],
  pods: readonly Pod[],
  plane: string,
): string[] {
  const { namespace, labels } = pod.metadata;
  const isDns = namespace === 'kube-system' && labels?.['k8s-app'] === 'kube-dns';
  if (isDns && names.includes(plane)) return [plane];
  const load = (name: string) => pods.filter((pod) => pod.spec.nodeName === name && isActive(pod)).length;
  const sorted = [...names].sort((one, other) => load(one) - load(other) || one.localeCompare(other));
  return sorted.slice(0, 1);
}
