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
