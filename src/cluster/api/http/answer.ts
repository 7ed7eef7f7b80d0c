import type { ServerResponse } from 'node:http';
import type { ApiObject } from '../../store/objects.ts';
import { apiVersionOf, type Resource } from '../resources.ts';
import { tableOf, wantsTable } from '../table/table.ts';
import { type Exchange, sendJson } from './exchange.ts';

/** An object, or a Table of it where the client asks for one. */
export function sendObject(exchange: Exchange, resource: Resource, object: ApiObject, code = 200): void {
  const { request, response, info } = exchange;
  if (wantsTable(request.headers.accept)) {
    sendJson(response, code, tableOf(resource, [object], info.query, object.metadata.resourceVersion ?? ''));
  } else sendJson(response, code, object);
}

/** That it is done, where there is no object to send. */
export function sendSuccess(response: ServerResponse, code: number, fields: object): void {
  sendJson(response, code, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', ...fields });
}

export interface ListMetadata {
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

export function sendList(
  exchange: Exchange,
  resource: Resource,
  items: ApiObject[],
  metadata: ListMetadata,
): void {
  const { request, response, info } = exchange;
  if (wantsTable(request.headers.accept)) {
    const { resourceVersion, ...more } = metadata;
    const table = tableOf(resource, items, info.query, resourceVersion);
    sendJson(response, 200, { ...table, metadata: { ...table.metadata, ...more } });
    return;
  }
  const kind = `${resource.kind}List`;
  // Items of a list carry neither kind nor apiVersion; as in the API server.
  const bare = items.map(({ kind: _kind, apiVersion: _version, ...rest }) => rest);
  sendJson(response, 200, {
    kind,
    apiVersion: apiVersionOf(resource),
    metadata,
    items: bare,
  });
}
