import type { ApiObject } from '../../store/objects.ts';
import { type FieldError, field } from '../request/errors.ts';
import { at, child, equal, numberOf } from '../values.ts';
import { validatePodSpec } from './pod-validation.ts';
import type { Strategy } from './strategy.ts';
import { templateDefaults } from './workloads.ts';

/** The labels by which a job knows its pods. The real one has its uid in them, which is not known here yet. */
const label = 'batch.kubernetes.io/job-name';

export const jobs: Strategy = {
  defaults: (object) => {
    const spec = templateDefaults(object);
    spec.parallelism ??= 1;
    spec.completions ??= numberOf(spec.parallelism) === 1 ? 1 : undefined;
    spec.backoffLimit ??= 6;
    spec.completionMode ??= 'NonIndexed';
    spec.suspend ??= false;
    spec.manualSelector ??= false;
    spec.podReplacementPolicy ??= 'TerminatingOrFailed';
  },
  prepareCreate: (object) => {
    object.status = {};
    const spec = child(object, 'spec');
    if (spec.manualSelector === true) return;
    const { name } = object.metadata;
    Object.assign(child(child(child(spec, 'template'), 'metadata'), 'labels'), {
      [label]: name,
      'job-name': name,
    });
    spec.selector = { matchLabels: { [label]: name } };
  },
  validate: (object) => {
    const spec = at(object, 'spec');
    const template = at(spec, 'template', 'spec');
    const errors: FieldError[] = ['parallelism', 'completions', 'backoffLimit']
      .filter((name) => numberOf(spec[name]) < 0)
      .map((name) => field.invalid(`spec.${name}`, spec[name], 'must be greater than or equal to 0'));
    const path = 'spec.template.spec';
    return [...errors, ...validatePodSpec(template, path, ['OnFailure', 'Never'])];
  },
  validateUpdate: (object: ApiObject, before: ApiObject) =>
    ['completions', 'selector', 'template']
      .filter((name) => !equal(at(object, 'spec')[name], at(before, 'spec')[name]))
      .map((name) => field.invalid(`spec.${name}`, at(object, 'spec')[name], 'field is immutable')),
};
