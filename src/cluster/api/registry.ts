import type { ApiObject, Metadata } from '../store/objects.ts';
import { StoreError } from '../store/objects.ts';
import type { Store } from '../store/store.ts';
import { escalation } from './auth/escalation.ts';
import { checkPreconditions, type DeleteOptions, goesNow, markDeleted, timestamp } from './deletion.ts';
import { allocate, defaultRanges, type Ranges } from './kinds/allocate.ts';
import { strategyOf } from './kinds/index.ts';
import { validateMetadata, validateMetadataUpdate } from './kinds/metadata.ts';
import { heldBy, keepNodePorts } from './kinds/services.ts';
import type { Writer } from './kinds/strategy.ts';
import { chancesFor } from './names.ts';
import { noteUpdate, setManagers } from './patch/managed.ts';
import {
  alreadyExists,
  conflict,
  expired,
  type FieldError,
  forbidden,
  invalid,
  notFound,
} from './request/errors.ts';
import { apiVersionOf, qualifiedName, type Resource, storedAs } from './resources.ts';
import { at, child, equal, textOf } from './values.ts';

/**
 * Writes to the store as the API server makes them: filled in, validated, with fields that a client may not
 * set left as they were. Controllers in the same process use it too; `system` is their writer.
 */
export class Registry {
  readonly store: Store;
  readonly #newName: () => string;
  readonly #ranges: Ranges;

  constructor(store: Store, newName: () => string, ranges: Ranges = defaultRanges) {
    this.store = store;
    this.#ranges = ranges;
    this.#newName = newName;
  }

  get(resource: string, namespace: string | undefined, name: string): ApiObject {
    return withResource(storedAs(resource), name, () => this.store.get(resource, namespace, name));
  }

  find(resource: string, namespace: string | undefined, name: string): ApiObject | undefined {
    try {
      return this.store.get(resource, namespace, name);
    } catch (error) {
      if (error instanceof StoreError && error.reason === 'NotFound') return undefined;
      throw error;
    }
  }

  create(name: string, given: ApiObject, writer: Writer): ApiObject {
    const resource = storedAs(name);
    const strategy = strategyOf(name);
    const object = structuredClone(given);
    object.apiVersion = apiVersionOf(resource);
    object.kind = resource.kind;
    const { generateName } = object.metadata;
    if (typeof generateName === 'string' && !object.metadata.name) {
      object.metadata.name = `${generateName}${this.#newName()}`;
    }
    for (const field of ['uid', 'resourceVersion', 'creationTimestamp', 'deletionTimestamp', 'selfLink']) {
      delete object.metadata[field];
    }
    this.#namespaceTakesObjects(resource, object);
    this.#admit(resource, object);
    this.#grantsOnlyWhatIsHeld(resource, object, writer);
    strategy.defaults?.(object);
    strategy.prepareCreate?.(object, writer);
    if ('spec' in object && generations.has(resource.kind)) object.metadata.generation = 1;
    const errors = [
      ...validateMetadata(object, resource, strategy.name),
      ...(strategy.validate?.(object) ?? []),
    ];
    if (errors.length === 0 && resource.kind === 'Service') errors.push(...this.#allocate(object));
    if (errors.length > 0) throw invalid(resource, object.metadata.name, errors);
    noteWrite(object, undefined, writer, '');
    if (writer.dryRun) return this.#unsaved(resource, object, writer);
    return withResource(resource, object.metadata.name, () => this.store.create(name, object));
  }

  /**
   * `part` is the part that may change: everything but the status, or (for the subresource) the status alone.
   */
  update(name: string, given: ApiObject, writer: Writer, part: 'spec' | 'status' = 'spec'): ApiObject {
    const resource = storedAs(name);
    const strategy = strategyOf(name);
    const before = this.get(name, given.metadata.namespace, given.metadata.name);
    const object = structuredClone(part === 'spec' ? given : { ...before, status: given.status });
    object.apiVersion = apiVersionOf(resource);
    object.kind = resource.kind;
    object.metadata = keptMetadata(part === 'spec' ? object.metadata : before.metadata, before.metadata);
    object.metadata.resourceVersion = given.metadata.resourceVersion ?? before.metadata.resourceVersion ?? '';
    if (object.metadata.resourceVersion !== before.metadata.resourceVersion) {
      throw conflict(resource, object.metadata.name, modified);
    }
    if (part === 'spec') {
      this.#grantsOnlyWhatIsHeld(resource, object, writer);
      if (statusKinds.has(resource.kind) && before.status !== undefined) object.status = before.status;
      strategy.defaults?.(object);
      strategy.prepareUpdate?.(object, before, writer);
      const changed =
        !equal(object.spec, before.spec) ||
        // Its annotations reach its replica sets.
        (resource.kind === 'Deployment' &&
          !equal(object.metadata.annotations ?? {}, before.metadata.annotations ?? {}));
      if (generations.has(resource.kind) && changed) {
        object.metadata.generation = Number(before.metadata.generation ?? 0) + 1;
      }
      const errors = [
        ...validateMetadata(object, resource, strategy.name),
        ...validateMetadataUpdate(object, before),
        ...(strategy.validate?.(object) ?? []),
        ...(strategy.validateUpdate?.(object, before) ?? []),
      ];
      if (errors.length === 0 && resource.kind === 'Service') errors.push(...this.#allocate(object, before));
      if (errors.length > 0) throw invalid(resource, object.metadata.name, errors);
    }
    noteWrite(object, before, writer, part === 'status' ? 'status' : (writer.subresource ?? ''));
    if (writer.dryRun) return object;
    if (goesNow(object)) return this.store.delete(name, object.metadata.namespace, object.metadata.name);
    return withResource(resource, object.metadata.name, () => this.store.update(name, object));
  }

  /** The object as it was; with `gone` false where something still holds it (finalizers, a running pod). */
  delete(
    name: string,
    namespace: string | undefined,
    object: string,
    options: DeleteOptions,
    writer: Writer,
  ): { object: ApiObject; gone: boolean } {
    const resource = storedAs(name);
    const before = this.get(name, namespace, object);
    checkPreconditions(resource, before, options);
    if (resource.kind === 'Namespace' && ['default', 'kube-system', 'kube-public'].includes(object)) {
      throw forbidden(resource, object, 'this namespace may not be deleted');
    }
    const after = markDeleted(before, resource, options, writer.now());
    if (writer.dryRun) return { object: after ?? before, gone: after === undefined };
    if (after === undefined) return { object: this.store.delete(name, namespace, object), gone: true };
    return { object: this.store.update(name, after), gone: false };
  }

  #namespaceTakesObjects(resource: Resource, object: ApiObject): void {
    const { namespace, name } = object.metadata;
    if (!resource.namespaced || namespace === undefined) return;
    const found = this.find('namespaces', undefined, namespace);
    if (found === undefined) throw notFound(storedAs('namespaces'), namespace);
    if (found.metadata.deletionTimestamp === undefined) return;
    const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
    throw forbidden(resource, name, why);
  }

  /** Fills in and refuses as admission plugins do, which look at other objects. */
  #admit(resource: Resource, object: ApiObject): void {
    const { namespace, name } = object.metadata;
    if (resource.kind === 'Pod') {
      const account = textOf(at(object, 'spec').serviceAccountName) || 'default';
      // The default account comes with its namespace, a moment later.
      if (account === 'default' || this.find('serviceaccounts', namespace, account) !== undefined) return;
      const missing = `serviceaccount "${account}" not found`;
      throw forbidden(resource, name, `error looking up service account ${namespace}/${account}: ${missing}`);
    }
    if (resource.kind === 'Ingress' && at(object, 'spec').ingressClassName === undefined) {
      const classes = this.store.list({ resource: 'ingressclasses.networking.k8s.io' });
      const preferred = classes.find(
        ({ metadata }) => metadata.annotations?.['ingressclass.kubernetes.io/is-default-class'] === 'true',
      );
      if (preferred !== undefined) child(object, 'spec').ingressClassName = preferred.metadata.name;
    }
  }

  #grantsOnlyWhatIsHeld(resource: Resource, object: ApiObject, { user }: Writer): void {
    if (resource.group !== 'rbac.authorization.k8s.io') return;
    const why = escalation(user, object, {
      list: (name, namespace) => this.store.list({ resource: name, namespace }),
      find: (name, namespace, one) => this.find(name, namespace, one),
    });
    if (why !== undefined) throw forbidden(resource, object.metadata.name, why);
  }

  /** Addresses and ports that this service had before are its own. */
  #allocate(service: ApiObject, before?: ApiObject): FieldError[] {
    const spec = child(service, 'spec');
    const had = at(before, 'spec');
    if (!spec.clusterIP && had.type !== 'ExternalName') spec.clusterIP = had.clusterIP;
    keepNodePorts(spec, had);
    const { namespace, name } = service.metadata;
    const others = this.store
      .list({ resource: 'services' })
      .filter(({ metadata }) => metadata.namespace !== namespace || metadata.name !== name)
      .map(heldBy);
    const held = {
      ips: new Set(others.flatMap(({ ips }) => ips)),
      nodePorts: new Set(
        others.flatMap(({ nodePorts }) => nodePorts.map((one) => `${one.protocol} ${one.port}`)),
      ),
    };
    return allocate(spec, held, this.#ranges, chancesFor(`${namespace}/${name}`));
  }

  #unsaved(resource: Resource, object: ApiObject, writer: Writer): ApiObject {
    const { name, namespace } = object.metadata;
    if (this.find(qualifiedName(resource), namespace, name) !== undefined)
      throw alreadyExists(resource, name);
    const uid = crypto.randomUUID();
    return { ...object, metadata: { ...object.metadata, uid, creationTimestamp: timestamp(writer.now()) } };
  }
}

const modified =
  'the object has been modified; please apply your changes to the latest version and try again';
const generations = new Set([
  'DaemonSet',
  'Deployment',
  'Ingress',
  'IngressClass',
  'NetworkPolicy',
  'Pod',
  'ReplicaSet',
  'StatefulSet',
  'Job',
]);
/** Kinds whose status is a subresource: a write of the object leaves it alone. */
const statusKinds = new Set([
  'CertificateSigningRequest',
  'DaemonSet',
  'Deployment',
  'Ingress',
  'Namespace',
  'Node',
  'Pod',
  'ReplicaSet',
  'Service',
  'StatefulSet',
  'Job',
]);

function noteWrite(
  object: ApiObject,
  before: ApiObject | undefined,
  writer: Writer,
  subresource: string,
): void {
  const { managers } = writer;
  // Left out means as before; an empty list takes them away.
  if (object.metadata.managedFields === undefined && before?.metadata.managedFields !== undefined) {
    object.metadata.managedFields = before.metadata.managedFields;
  }
  if (managers !== undefined) setManagers(object, managers);
  const time = timestamp(writer.now());
  // Fields that an apply wrote have a manager already; the rest (defaults) has none.
  if (managers === undefined) noteUpdate(object, before, { manager: writer.manager, time, subresource });
}

function keptMetadata(after: Metadata, before: Metadata): Metadata {
  const kept: Metadata = { ...after, name: before.name };
  const fields = [
    'uid',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'generation',
  ];
  for (const field of [...fields, 'namespace', 'generateName']) {
    if (before[field] === undefined) delete kept[field];
    else kept[field] = before[field];
  }
  return kept;
}

/** The store's refusals in the API's words. */
function withResource<T>(resource: Resource, name: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.reason === 'NotFound') throw notFound(resource, name);
    if (error.reason === 'AlreadyExists') throw alreadyExists(resource, name);
    if (error.reason === 'Conflict') throw conflict(resource, name, modified);
    throw expired(error.message);
  }
}
