import type { ApiObject } from '../../store/objects.ts';
import { badRequest, methodNotAllowed, noSuchPath, notFound } from '../request/errors.ts';
import { qualifiedName, type Resource, type Subresource } from '../resources.ts';
import { selectorText } from '../table/workloads.ts';
import { at, child, numberOf, recordOf, recordsOf, textOf } from '../values.ts';
import { sendObject, sendSuccess } from './answer.ts';
import { objectOf, parsedBody } from './body.ts';
import { type Call, namespaceOf, readObject, type ServerContext, sentObject, writerOf } from './common.ts';
import { type Exchange, sendJson } from './exchange.ts';
import { sendLog } from './log.ts';
import { applyPatch, patchObject } from './patch.ts';
import { proxy } from './proxy.ts';
import { sendToken } from './token.ts';

export async function serveSubresource(call: Call): Promise<void> {
  const { exchange, resource, path, served } = call;
  const sub = resource.subresources.find(({ name }) => name === path.subresource);
  if (sub === undefined || path.object === undefined) throw noSuchPath();
  const { verb } = exchange.info;
  if (!sub.verbs.includes(verb)) throw methodNotAllowed();
  switch (sub.name) {
    case 'log':
      return sendLog(exchange, readObject(call), served);
    case 'scale':
      return scale(call, sub);
    case 'token':
      return sendToken(exchange, readObject(call), served, sub);
    case 'binding':
      return bind(call);
    case 'eviction':
      return evict(call);
    case 'attach':
    case 'exec':
    case 'portforward':
      throw badRequest('Upgrade request required');
    case 'proxy':
      return proxy(call);
  }
  if (verb === 'get') return sendObject(exchange, resource, readObject(call));
  const part = sub.name === 'status' || sub.name === 'approval' ? 'status' : 'spec';
  if (verb === 'patch') return patchObject(call, part);
  const object = await sentObject(call);
  if (sub.name === 'finalize') return finalize(exchange, resource, object, served);
  sendObject(
    exchange,
    resource,
    served.registry.update(qualifiedName(resource), object, writerOf(call), part),
  );
}

/** The namespace without the finalizers that the client takes away; it goes with the last of them. */
function finalize(
  exchange: Exchange,
  resource: Resource,
  sent: ApiObject,
  { registry }: ServerContext,
): void {
  const name = qualifiedName(resource);
  const before = registry.get(name, undefined, sent.metadata.name);
  const after = { ...before, spec: recordOf(sent.spec) };
  const rest = recordOf(sent.spec).finalizers;
  const empty = !Array.isArray(rest) || rest.length === 0;
  if (empty && before.metadata.deletionTimestamp !== undefined) {
    registry.store.delete(name, undefined, sent.metadata.name);
    sendObject(exchange, resource, after);
  } else sendObject(exchange, resource, registry.store.update(name, after));
}

async function scale(call: Call, sub: Subresource): Promise<void> {
  const { exchange, resource, served } = call;
  const before = readObject(call);
  const entry = { ...resource, kind: sub.kind, group: sub.group, version: sub.version };
  if (exchange.info.verb === 'get') return sendJson(exchange.response, 200, scaleOf(before));
  const body = await parsedBody(exchange);
  const value = exchange.info.verb === 'patch' ? applyPatch(exchange, 'Scale', scaleOf(before), body) : body;
  const sent = objectOf(value, entry, exchange);
  const after = structuredClone(before);
  child(after, 'spec').replicas = numberOf(at(sent, 'spec').replicas);
  after.metadata.resourceVersion = sent.metadata.resourceVersion ?? before.metadata.resourceVersion ?? '';
  const writer = { ...writerOf(call), subresource: 'scale' };
  sendJson(exchange.response, 200, scaleOf(served.registry.update(qualifiedName(resource), after, writer)));
}

function scaleOf(object: ApiObject): ApiObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const spec = at(object, 'spec');
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
      ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    },
    spec: { replicas: numberOf(spec.replicas) },
    status: { replicas: numberOf(at(object, 'status').replicas), selector: selectorText(spec.selector) },
  };
}

/** The request of a scheduler: binds a pod to a node. */
async function bind(call: Call): Promise<void> {
  const { exchange, resource, served } = call;
  const sent = recordOf(await parsedBody(exchange));
  const pod = readObject(call);
  const status = child(pod, 'status');
  child(pod, 'spec').nodeName = textOf(at(sent, 'target').name);
  const scheduled = { type: 'PodScheduled', status: 'True' };
  status.conditions = [
    ...recordsOf(status.conditions).filter(({ type }) => type !== 'PodScheduled'),
    scheduled,
  ];
  served.registry.store.update(qualifiedName(resource), pod);
  sendSuccess(exchange.response, 201, { code: 201 });
}

async function evict(call: Call): Promise<void> {
  const { exchange, resource, path, served } = call;
  const options = at(await parsedBody(exchange), 'deleteOptions');
  const { gracePeriodSeconds } = options;
  const name = path.object ?? '';
  const writer = writerOf(call);
  const namespace = namespaceOf(call);
  if (served.registry.find(qualifiedName(resource), namespace, name) === undefined)
    throw notFound(resource, name);
  served.registry.delete(
    qualifiedName(resource),
    namespace,
    name,
    { gracePeriodSeconds: typeof gracePeriodSeconds === 'number' ? gracePeriodSeconds : undefined },
    writer,
  );
  sendSuccess(exchange.response, 201, { code: 201 });
}
