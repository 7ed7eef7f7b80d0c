import { resources } from '../resources.ts';
import { fieldsOf, originOf, type Type } from '../types/types.ts';
import type { Fields } from '../values.ts';
import { descriptions } from './descriptions.ts';

/** Names of types in OpenAPI documents, as the API server has them. */
export function schemaName(type: string): string {
  const { group = '', version = 'v1' } = resources.find(({ kind }) => kind === type) ?? {};
  if (group !== '') return `io.k8s.api.${group.split('.')[0]}.${version}.${type}`;
  const origin = originOf(type);
  if (origin === 'meta') return `io.k8s.apimachinery.pkg.apis.meta.v1.${type}`;
  return `io.k8s.api.${origin === 'apps' || origin === 'networking' ? origin : 'core'}.v1.${type}`;
}

/** The types of some kinds with all that lie in them. */
export function reachable(kinds: string[]): string[] {
  const found = new Set<string>();
  const visit = (type: Type): void => {
    if (type.is === 'list' || type.is === 'map') visit(type.of);
    if (type.is !== 'struct' || found.has(type.name)) return;
    found.add(type.name);
    for (const field of fieldsOf(type.name).values()) visit(field.type);
  };
  for (const name of kinds) visit({ is: 'struct', name, atomic: false });
  return [...found];
}

/** A JSON schema; `prefix` is where the document keeps the others. */
export function schemaOf(name: string, prefix: string): Fields {
  const fields = fieldsOf(name);
  const properties = Object.fromEntries(
    [...fields].map(([field, { type }]) => [field, { ...described(name, field), ...schema(type, prefix) }]),
  );
  const required = [...fields].filter(([, field]) => field.required).map(([field]) => field);
  const served = resources.find(({ kind }) => kind === name);
  const kind = served === undefined ? {} : { 'x-kubernetes-group-version-kind': [gvk(served)] };
  return {
    ...described(name),
    type: 'object',
    properties,
    ...(required.length === 0 ? {} : { required }),
    ...kind,
  };
}

export function gvk({ group, version, kind }: { group: string; version: string; kind: string }): Fields {
  return { group, version, kind };
}

function described(type: string, field?: string): Fields {
  const description = descriptions[field === undefined ? type : `${type}.${field}`];
  return description === undefined ? {} : { description };
}

const scalars: Record<string, Fields> = {
  string: { type: 'string' },
  bool: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  number: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
  time: { type: 'string', format: 'date-time' },
  microtime: { type: 'string', format: 'date-time' },
  // 1 and "1" are both accepted for these two.
  quantity: { type: 'string', format: 'int-or-string' },
  intstr: { type: 'string', format: 'int-or-string' },
  any: { type: 'object' },
};

function schema(type: Type, prefix: string): Fields {
  switch (type.is) {
    case 'scalar':
      return scalars[type.name] ?? { type: 'string' };
    case 'struct': {
      const $ref = `${prefix}${schemaName(type.name)}`;
      return prefix.startsWith('#/components') ? { allOf: [{ $ref }] } : { $ref };
    }
    case 'map':
      return { type: 'object', additionalProperties: inner(type.of, prefix) };
    case 'list':
      return { type: 'array', items: inner(type.of, prefix), ...listMarks(type) };
  }
}

function inner(type: Type, prefix: string): Fields {
  return type.is === 'struct' ? { $ref: `${prefix}${schemaName(type.name)}` } : schema(type, prefix);
}

function listMarks({ keys, mergeKey, set }: Type & { is: 'list' }): Fields {
  const kind = keys.length > 0 ? 'map' : set ? 'set' : 'atomic';
  return {
    'x-kubernetes-list-type': kind,
    ...(keys.length === 0 ? {} : { 'x-kubernetes-list-map-keys': keys }),
    ...(mergeKey === undefined ? {} : { 'x-kubernetes-patch-merge-key': mergeKey }),
    ...(mergeKey === undefined && !set ? {} : { 'x-kubernetes-patch-strategy': 'merge' }),
  };
}
