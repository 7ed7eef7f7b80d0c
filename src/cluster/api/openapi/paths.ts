import { apiVersionOf, type Resource } from '../resources.ts';
import type { Fields } from '../values.ts';
import { gvk } from './schemas.ts';

export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  action: string;
  parameters: string[];
}

export interface PathOfKind {
  path: string;
  operations: Operation[];
  kind: Fields;
}

const writing = ['dryRun', 'fieldManager', 'fieldValidation'];

/** Paths with the parameters that kubectl looks for before it relies on them: dryRun and fieldValidation. */
export function pathsOf(resources: readonly Resource[]): PathOfKind[] {
  return resources.flatMap((resource) => {
    const root = resource.group === '' ? '/api/v1' : `/apis/${apiVersionOf(resource)}`;
    const base = resource.namespaced
      ? `${root}/namespaces/{namespace}/${resource.name}`
      : `${root}/${resource.name}`;
    const has = (verb: string) => resource.verbs.includes(verb);
    const collection: Operation[] = [];
    if (has('list')) collection.push({ method: 'get', action: 'list', parameters: [] });
    if (has('create')) collection.push({ method: 'post', action: 'post', parameters: writing });
    const one: Operation[] = [];
    if (has('get')) one.push({ method: 'get', action: 'get', parameters: [] });
    if (has('update')) one.push({ method: 'put', action: 'put', parameters: writing });
    if (has('patch')) one.push({ method: 'patch', action: 'patch', parameters: [...writing, 'force'] });
    if (has('delete')) one.push({ method: 'delete', action: 'delete', parameters: ['dryRun'] });
    const kind = gvk(resource);
    const paths = [{ path: base, operations: collection, kind }];
    return one.length === 0 ? paths : [...paths, { path: `${base}/{name}`, operations: one, kind }];
  });
}
