import type { ApiObject } from '../../store/objects.ts';
import { type FieldError, field } from '../request/errors.ts';
import type { Resource } from '../resources.ts';
import { at, labelsOf, recordsOf, stringsOf } from '../values.ts';
import {
  labelProblem,
  labelValueProblem,
  pathSegmentProblem,
  qualifiedNameProblem,
  serviceNameProblem,
  subdomainProblem,
} from './names.ts';
import type { Strategy } from './strategy.ts';

const rules = {
  subdomain: subdomainProblem,
  label: labelProblem,
  service: serviceNameProblem,
  path: pathSegmentProblem,
};

export function validateMetadata(
  object: ApiObject,
  resource: Resource,
  rule: Strategy['name'] = 'subdomain',
): FieldError[] {
  const { name } = object.metadata;
  if (!name) return [field.required('metadata.name', 'name or generateName is required')];
  const problem = rules[rule](name);
  const errors = problem === undefined ? [] : [field.invalid('metadata.name', name, problem)];
  if (resource.namespaced && !object.metadata.namespace) errors.push(field.required('metadata.namespace'));
  return [...errors, ...labelErrors(labelsOf(object), 'metadata.labels'), ...annotationErrors(object)];
}

export function labelErrors(labels: Record<string, string>, path: string): FieldError[] {
  return Object.entries(labels).flatMap(([key, value]) => {
    const keyProblem = qualifiedNameProblem(key);
    const valueProblem = labelValueProblem(value);
    return [
      ...(keyProblem === undefined ? [] : [field.invalid(path, key, keyProblem)]),
      ...(valueProblem === undefined ? [] : [field.invalid(path, value, valueProblem)]),
    ];
  });
}

function annotationErrors(object: ApiObject): FieldError[] {
  return Object.keys(stringsOf(at(object, 'metadata').annotations)).flatMap((key) => {
    const problem = qualifiedNameProblem(key.toLowerCase());
    return problem === undefined ? [] : [field.invalid('metadata.annotations', key, problem)];
  });
}

export function validateMetadataUpdate(object: ApiObject, before: ApiObject): FieldError[] {
  const controllers = recordsOf(object.metadata.ownerReferences).filter((owner) => owner.controller === true);
  if (controllers.length > 1 && recordsOf(before.metadata.ownerReferences).length <= 1) {
    const value = controllers.map(({ kind, name }) => ({ kind, name }));
    return [
      field.invalid('metadata.ownerReferences', value, 'Only one reference can have Controller set to true.'),
    ];
  }
  return [];
}
