import type { ApiObject } from '../../store/objects.ts';
import { type FieldError, field } from '../request/errors.ts';
import { selectorMatches } from '../request/selectors.ts';
import { at, child, equal, type Fields, isRecord, labelsOf, numberOf, recordOf, textOf } from '../values.ts';
import { labelErrors } from './metadata.ts';
import { labelValueProblem } from './names.ts';
import { podSpecDefaults } from './pod-defaults.ts';
import { validatePodSpec } from './pod-validation.ts';
import type { Strategy } from './strategy.ts';

export function templateDefaults(object: ApiObject): Fields {
  const spec = child(object, 'spec');
  const template = child(spec, 'template');
  const metadata = child(template, 'metadata');
  metadata.creationTimestamp ??= null;
  podSpecDefaults(child(template, 'spec'), true);
  return spec;
}

const noStatus = (object: ApiObject) => {
  object.status = {};
};

export const deployments: Strategy = {
  defaults: (object) => {
    const spec = templateDefaults(object);
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    spec.progressDeadlineSeconds ??= 600;
    const strategy = child(spec, 'strategy');
    if (!strategy.type) strategy.type = 'RollingUpdate';
    if (strategy.type === 'RollingUpdate') {
      const rolling = child(strategy, 'rollingUpdate');
      rolling.maxUnavailable ??= '25%';
      rolling.maxSurge ??= '25%';
    }
  },
  prepareCreate: noStatus,
  validate: (object) => [...workloadErrors(object), ...strategyErrors(at(object, 'spec', 'strategy'))],
  validateUpdate: selectorKept,
};

export const replicaSets: Strategy = {
  defaults: (object) => {
    templateDefaults(object).replicas ??= 1;
  },
  prepareCreate: (object) => {
    object.status = { replicas: 0 };
  },
  validate: workloadErrors,
  validateUpdate: selectorKept,
};

export const daemonSets: Strategy = {
  defaults: (object) => {
    const spec = templateDefaults(object);
    spec.revisionHistoryLimit ??= 10;
    const strategy = child(spec, 'updateStrategy');
    if (!strategy.type) strategy.type = 'RollingUpdate';
    if (strategy.type === 'RollingUpdate') {
      const rolling = child(strategy, 'rollingUpdate');
      rolling.maxUnavailable ??= 1;
      rolling.maxSurge ??= 0;
    }
  },
  prepareCreate: (object) => {
    object.status = {
      currentNumberScheduled: 0,
      desiredNumberScheduled: 0,
      numberMisscheduled: 0,
      numberReady: 0,
    };
  },
  validate: workloadErrors,
  validateUpdate: selectorKept,
};

export const statefulSets: Strategy = {
  defaults: (object) => {
    const spec = templateDefaults(object);
    spec.replicas ??= 1;
    spec.revisionHistoryLimit ??= 10;
    if (!spec.podManagementPolicy) spec.podManagementPolicy = 'OrderedReady';
    const strategy = child(spec, 'updateStrategy');
    if (!strategy.type) strategy.type = 'RollingUpdate';
    if (strategy.type === 'RollingUpdate') child(strategy, 'rollingUpdate').partition ??= 0;
  },
  prepareCreate: (object) => {
    object.status = { replicas: 0 };
  },
  validate: workloadErrors,
  validateUpdate: selectorKept,
};

function workloadErrors(object: ApiObject): FieldError[] {
  const spec = at(object, 'spec');
  const errors: FieldError[] = [];
  if (numberOf(spec.replicas) < 0) {
    errors.push(field.invalid('spec.replicas', spec.replicas, 'must be greater than or equal to 0'));
  }
  const labels = labelsOf(spec.template);
  const selector = recordOf(spec.selector);
  if (!isRecord(spec.selector)) errors.push(field.required('spec.selector'));
  else if (Object.keys(selector).length === 0) {
    errors.push(field.invalid('spec.selector', {}, `empty selector is invalid for ${words[object.kind]}`));
  } else {
    errors.push(...selectorErrors(selector, 'spec.selector'));
  }
  if (!isRecord(spec.selector) || !selectorMatches(spec.selector, labels)) {
    const value = Object.keys(labels).length === 0 ? null : labels;
    errors.push(
      field.invalid('spec.template.metadata.labels', value, '`selector` does not match template `labels`'),
    );
  }
  errors.push(...labelErrors(labels, 'spec.template.labels'));
  return [...errors, ...validatePodSpec(at(spec, 'template', 'spec'), 'spec.template.spec', ['Always'])];
}

const words: Record<string, string> = {
  Deployment: 'deployment',
  ReplicaSet: 'deployment',
  DaemonSet: 'daemonset',
  StatefulSet: 'statefulset',
};

export function selectorErrors(selector: Fields, path: string): FieldError[] {
  return Object.entries(recordOf(selector.matchLabels)).flatMap(([key, value]) => {
    const problem = labelValueProblem(textOf(value));
    return problem === undefined
      ? []
      : [field.invalid(`${path}.matchLabels`, value, problem), ...labelErrors({ [key]: '' }, path)];
  });
}

function strategyErrors(strategy: Fields): FieldError[] {
  const types = ['Recreate', 'RollingUpdate'];
  if (!types.includes(textOf(strategy.type))) {
    return [field.unsupported('spec.strategy.type', strategy.type, types)];
  }
  if (strategy.type === 'Recreate' && strategy.rollingUpdate !== undefined) {
    return [
      field.forbidden(
        'spec.strategy.rollingUpdate',
        "may not be specified when strategy `type` is 'Recreate'",
      ),
    ];
  }
  const { maxUnavailable, maxSurge } = at(strategy, 'rollingUpdate');
  const zero = (value: unknown) => value === 0 || value === '0%';
  if (zero(maxUnavailable) && zero(maxSurge)) {
    const path = 'spec.strategy.rollingUpdate.maxUnavailable';
    return [field.invalid(path, maxUnavailable, 'may not be 0 when `maxSurge` is 0')];
  }
  return [];
}

function selectorKept(object: ApiObject, before: ApiObject): FieldError[] {
  const { selector } = at(object, 'spec');
  if (equal(selector, at(before, 'spec').selector)) return [];
  return [field.invalid('spec.selector', selector, 'field is immutable')];
}
