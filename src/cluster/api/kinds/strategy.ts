import type { ApiObject } from '../../store/objects.ts';
import type { Manager } from '../patch/managed.ts';
import type { FieldError } from '../request/errors.ts';

/** The writer of a request; in-process writers are the cluster's own controllers. */
export interface Writer {
  user: User;
  manager: string;
  dryRun: boolean;
  now: () => Date;
  /** The subresource written through (scale). */
  subresource?: string;
  /** Of a server-side apply: the managers of fields after it. */
  managers?: Manager[];
}

export interface User {
  name: string;
  uid?: string;
  groups: string[];
  extra?: Record<string, string[]>;
}

/** The rules of a kind for writing its objects. All of them are pure. */
export interface Strategy {
  /** Fills in the API server's defaults. */
  defaults?: (object: ApiObject) => void;
  /** Drops the fields that a client may not set as it creates the object. */
  prepareCreate?: (object: ApiObject, writer: Writer) => void;
  /** Drops the fields that a client may not change; `before` is the object as kept. */
  prepareUpdate?: (object: ApiObject, before: ApiObject, writer: Writer) => void;
  validate?: (object: ApiObject) => FieldError[];
  validateUpdate?: (object: ApiObject, before: ApiObject) => FieldError[];
  /** The rule for metadata.name. */
  name?: 'subdomain' | 'label' | 'service' | 'path';
}
