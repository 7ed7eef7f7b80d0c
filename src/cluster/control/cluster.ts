import { type Kinds, listOf, type Resource } from '../objects/kinds.ts';
import type { ApiObject } from '../store/objects.ts';
import type { Store } from '../store/store.ts';

/** A request of a controller to the API server. */
export type Write =
  | { verb: 'create'; resource: string; object: ApiObject }
  | { verb: 'update'; resource: string; object: ApiObject }
  | { verb: 'delete'; resource: string; object: ApiObject }
  | {
      verb: 'event';
      about: ApiObject;
      from: string;
      type: 'Normal' | 'Warning';
      reason: string;
      message: string;
    };

/** The state a controller decides on; nothing in it changes while it does. */
export interface Cluster {
  now: string;
  list<R extends Resource>(resource: R, namespace?: string): Kinds[R][];
}

export type Controller = (cluster: Cluster) => Write[];

export function clusterOf(store: Store, now: Date): Cluster {
  const read = new Map<string, ApiObject[]>();
  return {
    now: now.toISOString().replace(/\.\d+Z$/, 'Z'),
    list: <R extends Resource>(resource: R, namespace?: string) => {
      const all = (read.get(resource) as Kinds[R][] | undefined) ?? listOf(store, resource);
      read.set(resource, all);
      return namespace === undefined ? all : all.filter(({ metadata }) => metadata.namespace === namespace);
    },
  };
}
