import { type ApiObject, StoreError } from '../../store/objects.ts';
import type { Scope, Store } from '../../store/store.ts';
import { badRequest, expired } from '../request/errors.ts';
import type { ListMetadata } from './answer.ts';

/** A part of a list, and where the next one begins. */
export interface Page {
  items: ApiObject[];
  metadata: ListMetadata;
}

interface Token {
  v: string;
  rv: number;
  start: string;
}

const tooOld =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.';

/**
 * At most `limit` objects (all if it is 0), in the order of their keys. Later pages list the state of the
 * first request, however much has changed since.
 */
export function pageOf(
  store: Store,
  scope: Scope,
  matches: (object: ApiObject) => boolean,
  query: URLSearchParams,
): Page {
  const limit = limitOf(query);
  const token = tokenOf(query);
  const version = token === null ? store.resourceVersion : String(token.rv);
  const all = listed(store, scope, version).filter(matches);
  const left = token === null ? all : all.filter((object) => keyOf(object) > token.start);
  const items = limit === 0 ? left : left.slice(0, limit);
  const last = items.at(-1);
  const metadata: Page['metadata'] = { resourceVersion: version };
  if (last === undefined || items.length === left.length) return { items, metadata };
  const next: Token = { v: 'meta.k8s.io/v1', rv: Number(version), start: keyOf(last) };
  metadata.continue = Buffer.from(JSON.stringify(next)).toString('base64url');
  // As the API server: with a selector the rest is not counted.
  if (!query.get('labelSelector') && !query.get('fieldSelector'))
    metadata.remainingItemCount = left.length - items.length;
  return { items, metadata };
}

const keyOf = ({ metadata }: ApiObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;

function listed(store: Store, scope: Scope, version: string): ApiObject[] {
  try {
    return store.listAt(scope, version);
  } catch (error) {
    if (error instanceof StoreError) throw expired(tooOld);
    throw error;
  }
}

function limitOf(query: URLSearchParams): number {
  const text = query.get('limit') ?? '';
  if (text === '') return 0;
  const limit = Number(text);
  if (!Number.isSafeInteger(limit)) throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  return Math.max(limit, 0);
}

function tokenOf(query: URLSearchParams): Token | null {
  const text = query.get('continue') ?? '';
  if (text === '') return null;
  if ((query.get('resourceVersion') ?? '') !== '')
    throw badRequest('specifying resource version is not allowed when using continue');
  try {
    const { v, rv, start } = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (v === 'meta.k8s.io/v1' && Number.isSafeInteger(rv) && typeof start === 'string')
      return { v, rv, start };
  } catch {
    // Not one of ours.
  }
  throw badRequest('continue key is not valid');
}
