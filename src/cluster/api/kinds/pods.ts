import type { ApiObject } from '../../store/objects.ts';
import { type FieldError, field } from '../request/errors.ts';
import { at, child, equal, type Fields, recordsOf, textOf } from '../values.ts';
import { podSpecDefaults } from './pod-defaults.ts';
import { validatePodSpec } from './pod-validation.ts';
import type { Strategy } from './strategy.ts';

export const pods: Strategy = {
  defaults: (pod) => {
    const spec = child(pod, 'spec');
    podSpecDefaults(spec, false);
    setServiceAccount(spec);
    setTolerations(spec);
    spec.preemptionPolicy ??= 'PreemptLowerPriority';
    spec.priority ??= 0;
  },
  prepareCreate: (pod) => {
    pod.status = { phase: 'Pending', qosClass: qosClass(at(pod, 'spec')) };
  },
  prepareUpdate: () => {},
  validate: (pod) => validatePodSpec(at(pod, 'spec'), 'spec'),
  validateUpdate,
};

/** As the ServiceAccount admission plugin does. */
function setServiceAccount(spec: Fields): void {
  if (textOf(spec.serviceAccountName) === '') spec.serviceAccountName = 'default';
  spec.serviceAccount = spec.serviceAccountName;
}

/** As the DefaultTolerationSeconds admission plugin does: five minutes for a node that went away. */
function setTolerations(spec: Fields): void {
  const tolerations = recordsOf(spec.tolerations);
  const missing = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter(
    (key) =>
      !tolerations.some(
        (one) => (one.key === key || !one.key) && (one.effect === 'NoExecute' || !one.effect),
      ),
  );
  const added = missing.map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  }));
  if (added.length > 0) spec.tolerations = [...tolerations, ...added];
}

/** Guaranteed, Burstable or BestEffort, by the containers' requests and limits of CPU and memory. */
export function qosClass(spec: Fields): string {
  const all = [...recordsOf(spec.containers), ...recordsOf(spec.initContainers)];
  const of = (container: Fields, kind: string) => at(container, 'resources', kind);
  const some = all.some((one) =>
    ['limits', 'requests'].some((kind) => of(one, kind).cpu ?? of(one, kind).memory),
  );
  if (!some) return 'BestEffort';
  const full = all.every((one) =>
    ['cpu', 'memory'].every(
      (name) => of(one, 'limits')[name] && of(one, 'limits')[name] === of(one, 'requests')[name],
    ),
  );
  return full ? 'Guaranteed' : 'Burstable';
}

const mutable =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

function validateUpdate(pod: ApiObject, before: ApiObject): FieldError[] {
  if (equal(fixed(pod), fixed(before))) return [];
  return [field.forbidden('spec', mutable)];
}

/** The spec without the fields that may change. */
function fixed(pod: ApiObject): unknown {
  const { activeDeadlineSeconds: _a, tolerations: _t, ...spec } = structuredClone(at(pod, 'spec'));
  for (const name of ['containers', 'initContainers']) {
    for (const container of recordsOf(spec[name])) delete container.image;
  }
  return spec;
}
