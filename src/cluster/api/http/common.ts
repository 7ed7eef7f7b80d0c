import type { ApiObject } from '../../store/objects.ts';
import type { Tokens } from '../auth/tokens.ts';
import type { Writer } from '../kinds/strategy.ts';
import type { PodAccess } from '../pod-access.ts';
import type { Registry } from '../registry.ts';
import { badRequest } from '../request/errors.ts';
import type { ResourcePath } from '../request/path.ts';
import { qualifiedName, type Resource } from '../resources.ts';
import { objectOf, parsedBody } from './body.ts';
import type { Exchange } from './exchange.ts';

export interface ServerContext {
  registry: Registry;
  pods: PodAccess | undefined;
  /** None where the API server has no key (plain HTTP). */
  tokens: Tokens | undefined;
  now: () => Date;
  /** Resolves when the nodes have applied the objects of this resource. */
  settled: (resource: string) => Promise<unknown>;
}

/** A request for a resource, and the parts that answer it. */
export interface Call {
  exchange: Exchange;
  resource: Resource;
  path: ResourcePath;
  served: ServerContext;
}

type Target = Pick<Call, 'resource' | 'path'>;

export function namespaceOf({ resource, path }: Target): string | undefined {
  return resource.namespaced ? path.namespace : undefined;
}

export function readObject({ served, resource, path }: Omit<Call, 'exchange'>): ApiObject {
  return served.registry.get(qualifiedName(resource), namespaceOf({ resource, path }), path.object ?? '');
}

export function writerOf({ exchange, served }: Call): Writer {
  const { user, info, request } = exchange;
  const agent = (request.headers['user-agent'] ?? 'unknown').split('/')[0] ?? 'unknown';
  const dryRun = info.query.getAll('dryRun').includes('All');
  return { user, manager: info.query.get('fieldManager') ?? agent, dryRun, now: served.now };
}

/** The object in the body of a request. */
export async function sentObject(call: Call): Promise<ApiObject> {
  const object = objectOf(await parsedBody(call.exchange), call.resource, call.exchange);
  place(object, call);
  return object;
}

/** Name and namespace are the path's; a body with others is refused. */
export function place(object: ApiObject, { resource, path }: Target): void {
  const { metadata } = object;
  if (resource.namespaced) {
    if (metadata.namespace !== undefined && metadata.namespace !== path.namespace) {
      throw badRequest(
        `the namespace of the provided object does not match the namespace sent on the request`,
      );
    }
    metadata.namespace = path.namespace ?? '';
  } else delete metadata.namespace;
  if (path.object === undefined) return;
  if (metadata.name !== '' && metadata.name !== path.object) {
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${path.object})`,
    );
  }
  metadata.name = path.object;
}
