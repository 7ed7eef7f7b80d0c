/** An object of the API as it is kept; fields beside metadata belong to its kind. */
export interface ApiObject {
  apiVersion: string;
  kind: string;
  metadata: Metadata;
  [field: string]: unknown;
}

export interface Metadata {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  creationTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  [field: string]: unknown;
}

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  object: ApiObject;
  /** The object before the change; only of MODIFIED. */
  before?: ApiObject;
}

/** Why the store refuses; the API makes a Status of it. */
export class StoreError extends Error {
  readonly reason: 'AlreadyExists' | 'NotFound' | 'Conflict' | 'Expired';

  constructor(reason: StoreError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Every reader of the store gets a copy. Objects are JSON, which structuredClone takes seven times as long for. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (value === null || typeof value !== 'object') return value;
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  for (const name in copy) {
    const inner = copy[name];
    if (inner !== null && typeof inner === 'object') copy[name] = copyOf(inner);
  }
  return copy as T;
}
