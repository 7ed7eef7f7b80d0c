import type { ApiObject } from '../../store/objects.ts';
import type { Resource } from '../resources.ts';
import { columnsOf } from './columns.ts';

/** `application/json;as=Table;v=v1;g=meta.k8s.io,...`: the first form named that is served wins. */
export function wantsTable(accept: string | undefined): boolean {
  const first = (accept ?? '').split(',').find((one) => /json|\*\/\*/.test(one) && !/v=v1beta1/.test(one));
  return first !== undefined && /;\s*as=Table/.test(first) && /g=meta\.k8s\.io/.test(first);
}

export interface Table {
  kind: 'Table';
  apiVersion: 'meta.k8s.io/v1';
  metadata: { resourceVersion: string };
  columnDefinitions: { name: string; type: string; format: string; description: string; priority: number }[];
  rows: { cells: unknown[]; object?: unknown }[];
}

export function tableOf(
  resource: Resource,
  items: readonly ApiObject[],
  query: URLSearchParams,
  resourceVersion: string,
  now = new Date(),
): Table {
  const { columns, cells } = columnsOf(resource);
  const include = query.get('includeObject') ?? 'Metadata';
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion },
    columnDefinitions: columns,
    rows: items.map((object) => ({ cells: cells(object, now), ...included(object, include) })),
  };
}

function included(object: ApiObject, include: string): { object?: unknown } {
  if (include === 'None') return {};
  if (include === 'Object') return { object };
  const { metadata } = object;
  return { object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata } };
}
