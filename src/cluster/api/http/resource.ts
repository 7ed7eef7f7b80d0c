import { methodNotAllowed, noSuchPath } from '../request/errors.ts';
import type { ResourcePath } from '../request/path.ts';
import { fieldSelector, labelSelector, type Matches } from '../request/selectors.ts';
import { findResource, qualifiedName, type Resource } from '../resources.ts';
import { at, isRecord, textOf } from '../values.ts';
import { sendList, sendObject, sendSuccess } from './answer.ts';
import { parsedBody } from './body.ts';
import { type Call, namespaceOf, readObject, type ServerContext, sentObject, writerOf } from './common.ts';
import type { Exchange } from './exchange.ts';
import { pageOf } from './pages.ts';
import { patchObject } from './patch.ts';
import { review, reviews } from './reviews.ts';
import { serveSubresource } from './subresource.ts';
import { watch } from './watch.ts';

/** A request for a resource, allowed to its user. */
export async function serveResource(
  exchange: Exchange,
  path: ResourcePath,
  served: ServerContext,
): Promise<void> {
  const resource = findResource(path.group, path.version, path.name);
  if (resource === undefined) throw noSuchPath();
  const call: Call = { exchange, resource, path, served };
  if (path.subresource !== undefined) return serveSubresource(call);
  const { verb } = exchange.info;
  const fits = (path.object === undefined ? ofCollections : ofObjects).includes(verb);
  if (!fits || !resource.verbs.includes(verb)) throw methodNotAllowed();
  if (reviews.has(resource.kind)) return review(exchange, resource, served);
  switch (verb) {
    case 'get':
      return sendObject(exchange, resource, readObject(call));
    case 'list':
      return list(call);
    case 'watch':
      return watch(exchange, served, resource, selection(exchange, resource));
    case 'create':
      return create(call);
    case 'update':
      return update(call);
    case 'patch':
      return patchObject(call);
    case 'delete':
      return remove(call);
    case 'deletecollection':
      return removeAll(call);
  }
  throw methodNotAllowed();
}

const ofCollections = ['create', 'deletecollection', 'list', 'watch'];
const ofObjects = ['delete', 'get', 'patch', 'update'];

function selection({ info }: Exchange, resource: Resource): Matches {
  const labels = labelSelector(info.query.get('labelSelector'));
  const fields = fieldSelector(resource.kind, info.query.get('fieldSelector'));
  return (object) => labels(object) && fields(object);
}

function list(call: Call): void {
  const { exchange, resource, served } = call;
  const matches = selection(exchange, resource);
  const scope = { resource: qualifiedName(resource), namespace: namespaceOf(call) };
  const { items, metadata } = pageOf(served.registry.store, scope, matches, exchange.info.query);
  sendList(exchange, resource, items, metadata);
}

async function create(call: Call): Promise<void> {
  const { exchange, resource, served } = call;
  const object = await sentObject(call);
  const made = served.registry.create(qualifiedName(resource), object, writerOf(call));
  await served.settled(qualifiedName(resource));
  sendObject(exchange, resource, made, 201);
}

async function update(call: Call): Promise<void> {
  const { exchange, resource, served } = call;
  const object = await sentObject(call);
  const made = served.registry.update(qualifiedName(resource), object, writerOf(call));
  await served.settled(qualifiedName(resource));
  sendObject(exchange, resource, made);
}

async function remove(call: Call): Promise<void> {
  const { exchange, resource, path, served } = call;
  const options = deleteOptions(await parsedBody(exchange), exchange);
  const { object, gone } = served.registry.delete(
    qualifiedName(resource),
    namespaceOf(call),
    path.object ?? '',
    options,
    { ...writerOf(call), dryRun: options.dryRun },
  );
  await served.settled(qualifiedName(resource));
  // The API server answers with the object where it stays for a while, and for pods and services.
  if (!gone || resource.kind === 'Pod' || resource.kind === 'Service') {
    return sendObject(exchange, resource, object);
  }
  sendSuccess(exchange.response, 200, {
    details: {
      name: object.metadata.name,
      ...(resource.group === '' ? {} : { group: resource.group }),
      kind: resource.name,
      uid: object.metadata.uid,
    },
  });
}

async function removeAll(call: Call): Promise<void> {
  const { exchange, resource, served } = call;
  const options = deleteOptions(await parsedBody(exchange), exchange);
  const name = qualifiedName(resource);
  const namespace = namespaceOf(call);
  const matches = selection(exchange, resource);
  const items = served.registry.store.list({ resource: name, namespace }).filter(matches);
  const writer = { ...writerOf(call), dryRun: options.dryRun };
  const removed = items.map(
    ({ metadata }) => served.registry.delete(name, metadata.namespace, metadata.name, options, writer).object,
  );
  await served.settled(name);
  sendList(exchange, resource, removed, { resourceVersion: served.registry.store.resourceVersion });
}

function deleteOptions(body: unknown, { info }: Exchange) {
  const { query } = info;
  const sent = isRecord(body) ? body : {};
  const conditions = at(sent, 'preconditions');
  const grace = sent.gracePeriodSeconds ?? query.get('gracePeriodSeconds');
  const dryRun = [sent.dryRun, query.getAll('dryRun')].flat().includes('All');
  return {
    gracePeriodSeconds: grace === null || grace === undefined ? undefined : Number(grace),
    propagationPolicy: textOf(sent.propagationPolicy) || query.get('propagationPolicy') || undefined,
    preconditions: {
      uid: textOf(conditions.uid) || undefined,
      resourceVersion: textOf(conditions.resourceVersion) || undefined,
    },
    dryRun,
  };
}
