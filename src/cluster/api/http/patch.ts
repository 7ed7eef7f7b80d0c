import type { ApiObject } from '../../store/objects.ts';
import { timestamp } from '../deletion.ts';
import type { Writer } from '../kinds/strategy.ts';
import { apply } from '../patch/apply.ts';
import { jsonPatch } from '../patch/json-patch.ts';
import { mergePatch } from '../patch/merge-patch.ts';
import { strategicPatch } from '../patch/strategic.ts';
import { ApiError, badRequest, notFound, unsupportedMediaType } from '../request/errors.ts';
import { isTrue } from '../request/path.ts';
import { qualifiedName } from '../resources.ts';
import { isRecord, recordOf } from '../values.ts';
import { sendObject } from './answer.ts';
import { objectOf, parsedBody } from './body.ts';
import { type Call, namespaceOf, place, writerOf } from './common.ts';
import type { Exchange } from './exchange.ts';

const types = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
];

export async function patchObject(call: Call, part: 'spec' | 'status' = 'spec'): Promise<void> {
  const { exchange, resource, path, served } = call;
  const patch = await parsedBody(exchange);
  const writer = writerOf(call);
  const name = path.object ?? '';
  const before = served.registry.find(qualifiedName(resource), namespaceOf(call), name);
  if (patchType(exchange) === 'application/apply-patch+yaml') {
    return applyObject(call, { patch, before, writer, part });
  }
  if (before === undefined) throw notFound(resource, name);
  const object = objectOf(applyPatch(exchange, resource.kind, before, patch), resource, exchange);
  place(object, call);
  const made = served.registry.update(qualifiedName(resource), object, writer, part);
  await served.settled(qualifiedName(resource));
  sendObject(exchange, resource, made);
}

function patchType({ request }: Exchange): string {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  if (types.includes(type)) return type;
  throw unsupportedMediaType(
    `the body of the request was in an unknown format - accepted media types include: ${types.join(', ')}`,
  );
}

/** The object after a patch of any type but apply. */
export function applyPatch(exchange: Exchange, kind: string, before: ApiObject, patch: unknown): unknown {
  const type = patchType(exchange);
  if (type === 'application/json-patch+json') return jsonPatch(before, patch);
  if (!isRecord(patch)) throw badRequest('error decoding patch: the patch is not an object');
  if (type === 'application/merge-patch+json') return mergePatch(before, patch);
  return strategicPatch(kind, structuredClone(before), patch);
}

interface Applying {
  patch: unknown;
  before: ApiObject | undefined;
  writer: Writer;
  part: 'spec' | 'status';
}

async function applyObject(call: Call, { patch, before, writer, part }: Applying): Promise<void> {
  const { exchange, resource, served } = call;
  const { registry, now } = served;
  const { query } = exchange.info;
  const manager = query.get('fieldManager') ?? '';
  if (manager === '') {
    throw new ApiError(
      422,
      'Invalid',
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
      {
        group: 'meta.k8s.io',
        kind: 'PatchOptions',
      },
    );
  }
  const config = objectOf(patch, resource, exchange);
  if (recordOf(config.metadata).managedFields !== undefined) {
    throw badRequest('metadata.managedFields must be nil');
  }
  place(config, call);
  const subresource = part === 'status' ? 'status' : '';
  if (part === 'spec') delete config.status;
  const write = { manager, time: timestamp(now()), subresource };
  const applied = apply(before, config, write, isTrue(query.get('force')));
  const { managers } = applied;
  // A field that an apply has emptied is left out, as in every object that is sent.
  const object = objectOf(applied.object, resource, exchange);
  const applying = { ...writer, managers };
  const name = qualifiedName(resource);
  const made =
    before === undefined
      ? registry.create(name, object, applying)
      : registry.update(name, object, applying, part);
  await served.settled(name);
  sendObject(exchange, resource, made, before === undefined ? 201 : 200);
}
