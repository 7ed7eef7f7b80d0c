import { apiVersionOf, resources } from '../resources.ts';
import type { Fields } from '../values.ts';
import { pathsOf } from './paths.ts';
import { reachable, schemaName, schemaOf } from './schemas.ts';

const prefix = '#/components/schemas/';

/** /openapi/v3: where the document of each version of a group is. */
export function openapiIndex(): Fields {
  const paths = [
    ...new Set(resources.map((one) => `${one.group === '' ? 'api' : 'apis'}/${apiVersionOf(one)}`)),
  ];
  return {
    paths: Object.fromEntries(
      paths.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=1` }]),
    ),
  };
}

/** The document of one version of a group; undefined where none is served. */
export function openapiV3(path: string): Fields | undefined {
  const found = resources.filter(
    (one) => `${one.group === '' ? 'api' : 'apis'}/${apiVersionOf(one)}` === path,
  );
  if (found.length === 0) return undefined;
  const schemas = reachable([...found.map(({ kind }) => kind), 'DeleteOptions']).map((name) => [
    schemaName(name),
    schemaOf(name, prefix),
  ]);
  const paths = pathsOf(found).map(({ path: url, operations, kind }) => [
    url,
    Object.fromEntries(operations.map((one) => [one.method, operation(one.action, one.parameters, kind)])),
  ]);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.32.0' },
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(schemas) },
  };
}

function operation(action: string, parameters: string[], kind: Fields): Fields {
  return {
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': kind,
    ...(parameters.length === 0
      ? {}
      : { parameters: parameters.map((name) => ({ name, in: 'query', schema: { type: 'string' } })) }),
    responses: { 200: { description: 'OK' } },
  };
}
