import { parse } from 'yaml';
import type { ApiObject } from '../../store/objects.ts';
import { badRequest, unsupportedMediaType } from '../request/errors.ts';
import type { RequestInfo } from '../request/path.ts';
import { apiVersionOf } from '../resources.ts';
import { decode } from '../types/decode.ts';
import { fromProtobuf } from '../types/protobuf.ts';
import { type Fields, isRecord, textOf } from '../values.ts';
import { bodyOf, type Exchange, warn } from './exchange.ts';

const accepted =
  'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf';

export async function parsedBody({ request }: Exchange): Promise<unknown> {
  const body = await bodyOf(request);
  if (body.length === 0) return undefined;
  const type = (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim();
  if (type === 'application/vnd.kubernetes.protobuf') return fromProtobuf(body);
  const text = body.toString('utf8');
  if (type === 'application/json' || type?.endsWith('+json') === true) return fromJson(text);
  if (type === 'application/yaml' || type === 'application/apply-patch+yaml') return fromYaml(text);
  throw unsupportedMediaType(accepted);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(
      `couldn't get version/kind; json parse error: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/** kubectl sends server-side apply as JSON, which is YAML as well. */
function fromYaml(text: string): unknown {
  try {
    return text.startsWith('{') ? JSON.parse(text) : parse(text);
  } catch (error) {
    throw badRequest(`error parsing YAML: ${error instanceof Error ? error.message : error}`);
  }
}

/** The object in a body, of the kind in the path; `fieldValidation` decides about unknown fields. */
export function objectOf(
  value: unknown,
  { group, version, kind }: { group: string; version: string; kind: string },
  { info, response }: Exchange,
): ApiObject {
  if (!isRecord(value)) throw badRequest('the body of the request is not an object');
  const wanted = apiVersionOf({ group, version });
  const sent = { apiVersion: textOf(value.apiVersion) || wanted, kind: textOf(value.kind) || kind };
  if (sent.apiVersion !== wanted || sent.kind !== kind) {
    const mismatch = `the API version in the data (${sent.apiVersion}) does not match the expected API version (${wanted})`;
    const other = `${sent.kind} in version "${sent.apiVersion}" cannot be handled as a ${kind}: no kind "${sent.kind}" is registered for version "${wanted}"`;
    throw badRequest(sent.kind === kind ? mismatch : other);
  }
  const { object, strict } = decode(kind, version, value);
  warnOrRefuse(strict, { version, kind }, info, (warnings) => warn(response, warnings));
  return withMetadata({ ...object, ...sent });
}

function warnOrRefuse(
  strict: readonly string[],
  { version, kind }: { version: string; kind: string },
  info: RequestInfo,
  warned: (warnings: readonly string[]) => void,
): void {
  if (strict.length === 0) return;
  const level = info.query.get('fieldValidation') ?? 'Warn';
  if (level === 'Ignore') return;
  if (level === 'Warn') {
    warned(strict);
    return;
  }
  const errors = `strict decoding error: ${strict.join(', ')}`;
  throw badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${errors}`);
}

function withMetadata(object: Fields & { apiVersion: string; kind: string }): ApiObject {
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  return { ...object, metadata: { ...metadata, name: textOf(metadata.name) } };
}
