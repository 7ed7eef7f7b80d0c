import { type ApiObject, copyOf, StoreError, type WatchEvent } from './objects.ts';

/** A resource, and one namespace of it or all. */
export interface Scope {
  /** `pods`, `deployments.apps`: as the API's messages name it. */
  resource: string;
  namespace?: string | undefined;
}

interface StoreOptions {
  now: () => Date;
  newUid: (object: ApiObject) => string;
  /** Changes kept for watches that begin in the past. */
  history?: number;
}

type Listener = (event: WatchEvent) => void;

/** One write, as a journal keeps it. */
export interface Change extends WatchEvent {
  resource: string;
  version: number;
}

/** The cluster's state in memory: one version counter over all objects, and watches that see every change once. */
export class Store {
  readonly #objects = new Map<string, Map<string, ApiObject>>();
  readonly #listeners = new Set<{ scope: Scope; listener: Listener }>();
  readonly #options: StoreOptions;
  #changes: Change[] = [];
  #keeper: (change: Change) => void = () => {};
  #forgotten = 0;
  #version = 0;

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  get resourceVersion(): string {
    return String(this.#version);
  }

  create(resource: string, object: ApiObject): ApiObject {
    const { name, namespace } = object.metadata;
    const kept = this.#of(resource);
    if (kept.has(key(namespace, name))) {
      throw new StoreError('AlreadyExists', `${resource} "${name}" already exists`);
    }
    const metadata = {
      ...object.metadata,
      uid: this.#options.newUid(object),
      creationTimestamp: this.#options
        .now()
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
    };
    return this.#keep(resource, 'ADDED', { ...object, metadata });
  }

  get(resource: string, namespace: string | undefined, name: string): ApiObject {
    const object = this.#of(resource).get(key(namespace, name));
    if (object === undefined) throw new StoreError('NotFound', `${resource} "${name}" not found`);
    return copyOf(object);
  }

  /** In the order of namespaces and names, as etcd's keys have it. */
  list({ resource, namespace }: Scope): ApiObject[] {
    return [...this.#of(resource).entries()]
      .filter(([, object]) => namespace === undefined || object.metadata.namespace === namespace)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, object]) => copyOf(object));
  }

  /** As `list` was at a version. @throws Expired where the changes since are forgotten */
  listAt(scope: Scope, version: string): ApiObject[] {
    const from = Number(version);
    if (from < this.#forgotten) throw tooOld(version, this.#forgotten);
    const then = new Map(this.list(scope).map((object) => [keyOf(object), object]));
    for (const change of this.#changes.toReversed()) {
      if (change.version <= from || !inScope(scope, change)) continue;
      const before = change.type === 'DELETED' ? change.object : change.before;
      if (before === undefined) then.delete(keyOf(change.object));
      else then.set(keyOf(before), copyOf(before));
    }
    return [...then].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, object]) => object);
  }

  /** A resourceVersion in the object must be the one kept; without one the last writer wins. */
  update(resource: string, object: ApiObject): ApiObject {
    const { name, namespace, resourceVersion } = object.metadata;
    const before = this.get(resource, namespace, name);
    const { uid, creationTimestamp, resourceVersion: current } = before.metadata;
    if (resourceVersion !== undefined && resourceVersion !== current) {
      throw new StoreError(
        'Conflict',
        `Operation cannot be fulfilled on ${resource} "${name}": the object has been modified; please apply your changes to the latest version and try again`,
      );
    }
    const kept = { uid, creationTimestamp, resourceVersion: current };
    const after = { ...object, metadata: { ...object.metadata, ...kept } } as ApiObject;
    // A write that changes nothing makes no version and wakes no watch.
    if (canonical(before) === canonical(after)) return before;
    return this.#keep(resource, 'MODIFIED', after, before);
  }

  delete(resource: string, namespace: string | undefined, name: string): ApiObject {
    const object = this.get(resource, namespace, name);
    this.#of(resource).delete(key(namespace, name));
    return this.#tell(resource, 'DELETED', object);
  }

  /** Every change after `since`, then every later one, until the returned function is called. */
  watch(scope: Scope, since: string, listener: Listener): () => void {
    const from = Number(since);
    if (from < this.#forgotten) throw tooOld(since, this.#forgotten);
    for (const change of this.#changes) {
      if (change.version > from && inScope(scope, change)) listener(eventOf(change));
    }
    const entry = { scope, listener };
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  /** `keeper` is given every change before any watch. */
  keepIn(keeper: (change: Change) => void): void {
    this.#keeper = keeper;
  }

  /** The state as changes that make it again. */
  everything(): Change[] {
    const last = { resource: '', version: this.#version, ...this.bookmark('v1', 'Status') };
    const objects = [...this.#objects]
      .flatMap(([resource, kept]) => [...kept.values()].map((object) => ({ resource, object })))
      .map(({ resource, object }) => {
        const version = Number(object.metadata.resourceVersion);
        return { type: 'ADDED' as const, resource, version, object };
      })
      .sort((one, other) => one.version - other.version);
    return [...objects, last];
  }

  /** Takes up the state that these changes made; watches that began before them have to begin anew. */
  restore(changes: readonly Change[]): void {
    for (const { type, resource, version, object } of changes) {
      const { namespace, name } = object.metadata;
      if (type === 'BOOKMARK') this.#version = version;
      else if (type === 'DELETED') this.#of(resource).delete(key(namespace, name));
      else this.#of(resource).set(key(namespace, name), object);
      this.#version = Math.max(this.#version, version);
    }
    this.#forgotten = this.#version;
  }

  /** The event that a watch sends now and then, so that a client can resume later than at its last change. */
  bookmark(apiVersion: string, kind: string): WatchEvent {
    const metadata = { name: '', resourceVersion: this.resourceVersion };
    return { type: 'BOOKMARK', object: { apiVersion, kind, metadata } };
  }

  #of(resource: string): Map<string, ApiObject> {
    const kept = this.#objects.get(resource) ?? new Map<string, ApiObject>();
    this.#objects.set(resource, kept);
    return kept;
  }

  #keep(resource: string, type: 'ADDED' | 'MODIFIED', object: ApiObject, before?: ApiObject): ApiObject {
    const notification = this.#tell(resource, type, object, before);
    const { namespace, name } = notification.metadata;
    this.#of(resource).set(key(namespace, name), copyOf(notification));
    return notification;
  }

  #tell(resource: string, type: Change['type'], object: ApiObject, before?: ApiObject): ApiObject {
    this.#version += 1;
    const metadata = { ...object.metadata, resourceVersion: this.resourceVersion };
    const change: Change = {
      type,
      resource,
      version: this.#version,
      object: copyOf({ ...object, metadata }),
      ...(before === undefined ? {} : { before }),
    };
    this.#keeper(change);
    this.#changes.push(change);
    const { history = 1000 } = this.#options;
    if (this.#changes.length > history) {
      this.#forgotten = this.#changes[this.#changes.length - history - 1]?.version ?? 0;
      this.#changes = this.#changes.slice(-history);
    }
    for (const { scope, listener } of this.#listeners) {
      if (inScope(scope, change)) listener(eventOf(change));
    }
    return copyOf(change.object);
  }
}

const tooOld = (version: string, forgotten: number): StoreError =>
  new StoreError('Expired', `too old resource version: ${version} (${forgotten})`);

const keyOf = ({ metadata }: ApiObject): string => key(metadata.namespace, metadata.name);

function key(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function inScope({ resource, namespace }: Scope, change: Change): boolean {
  if (resource !== change.resource) return false;
  return namespace === undefined || namespace === change.object.metadata.namespace;
}

function eventOf({ type, object, before }: Change): WatchEvent {
  return copyOf(before === undefined ? { type, object } : { type, object, before });
}

/** The same text for the same content, in any order of the fields. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
