import type { Resource } from '../resources.ts';
import { qualifiedKind, qualifiedName } from '../resources.ts';

export interface Cause {
  reason: string;
  message: string;
  field?: string;
}

export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: Record<string, never>;
  status: 'Failure' | 'Success';
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: Cause[];
    retryAfterSeconds?: number;
  };
  code?: number;
}

/** A refusal in the API's own form and words. */
export class ApiError extends Error {
  readonly status: Status;

  constructor(code: number, reason: string, message: string, details?: Status['details']) {
    super(message);
    this.status = {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message,
      reason,
      ...(details === undefined ? {} : { details }),
      code,
    };
  }
}

function about(resource: Resource, name: string) {
  return {
    ...(name === '' ? {} : { name }),
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.name,
  };
}

export function notFound(resource: Resource, name: string): ApiError {
  const message = `${qualifiedName(resource)} "${name}" not found`;
  return new ApiError(404, 'NotFound', message, about(resource, name));
}

export function alreadyExists(resource: Resource, name: string): ApiError {
  const message = `${qualifiedName(resource)} "${name}" already exists`;
  return new ApiError(409, 'AlreadyExists', message, about(resource, name));
}

export function conflict(resource: Resource, name: string, why: string): ApiError {
  const message = `Operation cannot be fulfilled on ${qualifiedName(resource)} "${name}": ${why}`;
  return new ApiError(409, 'Conflict', message, about(resource, name));
}

export function forbidden(resource: Resource, name: string, why: string): ApiError {
  const what = name === '' ? qualifiedName(resource) : `${qualifiedName(resource)} "${name}"`;
  return new ApiError(403, 'Forbidden', `${what} is forbidden: ${why}`, about(resource, name));
}

export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

export function expired(message: string): ApiError {
  return new ApiError(410, 'Expired', message);
}

export function unsupportedMediaType(message: string): ApiError {
  return new ApiError(415, 'UnsupportedMediaType', message);
}

export function internal(message: string): ApiError {
  return new ApiError(500, 'InternalError', `Internal error occurred: ${message}`, {
    causes: [{ reason: '', message }],
  });
}

/** The error of an unknown path, as kubectl prints it. */
export function noSuchPath(): ApiError {
  return new ApiError(404, 'NotFound', 'the server could not find the requested resource', {});
}

export function methodNotAllowed(): ApiError {
  const message = 'the server does not allow this method on the requested resource';
  return new ApiError(405, 'MethodNotAllowed', message, {});
}

export function invalid(
  resource: Pick<Resource, 'group' | 'kind'>,
  name: string,
  errors: FieldError[],
): ApiError {
  const bodies = [...new Set(errors.map((error) => `${error.field}: ${error.body}`))];
  const list = bodies.length === 1 ? bodies[0] : `[${bodies.join(', ')}]`;
  return new ApiError(422, 'Invalid', `${qualifiedKind(resource)} "${name}" is invalid: ${list}`, {
    name,
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.kind,
    causes: errors.map(({ reason, body, field }) => ({ reason, message: body, field })),
  });
}

export interface FieldError {
  reason: string;
  field: string;
  body: string;
}

function detailed(what: string, detail: string | undefined): string {
  return detail === undefined || detail === '' ? what : `${what}: ${detail}`;
}

function jsonText(value: unknown): string {
  return value === undefined ? 'null' : JSON.stringify(value);
}

export const field = {
  required: (path: string, detail?: string): FieldError => ({
    reason: 'FieldValueRequired',
    field: path,
    body: detailed('Required value', detail),
  }),
  invalid: (path: string, value: unknown, detail: string): FieldError => ({
    reason: 'FieldValueInvalid',
    field: path,
    body: detailed(`Invalid value: ${jsonText(value)}`, detail),
  }),
  unsupported: (path: string, value: unknown, allowed: readonly string[]): FieldError => ({
    reason: 'FieldValueNotSupported',
    field: path,
    body: `Unsupported value: ${jsonText(value)}: supported values: ${[...allowed]
      .sort()
      .map((one) => JSON.stringify(one))
      .join(', ')}`,
  }),
  duplicate: (path: string, value: unknown): FieldError => ({
    reason: 'FieldValueDuplicate',
    field: path,
    body: `Duplicate value: ${jsonText(value)}`,
  }),
  notFound: (path: string, value: unknown): FieldError => ({
    reason: 'FieldValueNotFound',
    field: path,
    body: `Not found: ${jsonText(value)}`,
  }),
  forbidden: (path: string, detail: string): FieldError => ({
    reason: 'FieldValueForbidden',
    field: path,
    body: detailed('Forbidden', detail),
  }),
  tooLong: (path: string, limit: number): FieldError => ({
    reason: 'FieldValueTooLong',
    field: path,
    body: `Too long: may not be more than ${limit} bytes`,
  }),
};
