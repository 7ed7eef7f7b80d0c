import { setTimeout as wait } from 'node:timers/promises';
import type { Resource } from '../objects/kinds.ts';
import type { ApiObject } from '../store/objects.ts';
import { Store } from '../store/store.ts';
import type { Api } from './api.ts';

/** Where the API server has the resources that hoplab follows. */
const paths: Partial<Record<Resource, string>> = {
  namespaces: '/api/v1/namespaces',
  nodes: '/api/v1/nodes',
  pods: '/api/v1/pods',
  services: '/api/v1/services',
  configmaps: '/api/v1/configmaps',
  secrets: '/api/v1/secrets',
  // v1 came with 1.21; hoplab reads the fields that both have.
  'endpointslices.discovery.k8s.io': '/apis/discovery.k8s.io/v1beta1/endpointslices',
  'networkpolicies.networking.k8s.io': '/apis/networking.k8s.io/v1/networkpolicies',
  'ingresses.networking.k8s.io': '/apis/networking.k8s.io/v1/ingresses',
  'ingressclasses.networking.k8s.io': '/apis/networking.k8s.io/v1/ingressclasses',
};

/** Items of a list name neither their kind nor their version. */
export class Mirror extends Store {
  readonly #api: Api;
  /** What the mirror itself writes is no news for the API server. */
  #taking = false;

  constructor(api: Api) {
    super({ now: () => new Date(), newUid: ({ metadata }) => metadata.uid ?? '' });
    this.#api = api;
  }

  /** Resolves when all objects are here; follows them from then on. */
  async follow(): Promise<void> {
    const begun = Object.entries(paths).map(async ([resource, path]) => {
      const version = await this.#listed(resource, path);
      void this.#watched(resource, path, version);
    });
    await Promise.all(begun);
  }

  /** A stand-in's own writes: the status of an Ingress. */
  override update(resource: string, object: ApiObject): ApiObject {
    if (!this.#taking) void this.#put(resource, object);
    return super.update(resource, object);
  }

  override create(resource: string, object: ApiObject): ApiObject {
    if (!this.#taking && resource === 'events')
      void this.#api.create(`/api/v1/namespaces/${object.metadata.namespace}/events`, object).catch(report);
    return super.create(resource, object);
  }

  async #put(resource: string, object: ApiObject): Promise<void> {
    const path = paths[resource as Resource] ?? '';
    const { namespace, name } = object.metadata;
    const at = path.replace(/\/([^/]+)$/, `/namespaces/${namespace}/$1/${name}/status`);
    const patch = { status: object.status };
    await this.#api.ask('PATCH', at, patch, 'application/merge-patch+json').catch(report);
  }

  async #listed(resource: string, path: string): Promise<string> {
    const { items, version } = await this.#api.list(path);
    const there = new Set(items.map(keyOf));
    for (const gone of this.list({ resource }).filter((object) => !there.has(keyOf(object))))
      this.#take(resource, 'DELETED', gone);
    for (const object of items) this.#take(resource, 'MODIFIED', object);
    return version;
  }

  async #watched(resource: string, path: string, from: string): Promise<void> {
    for (let version = from; ; ) {
      await this.#api
        .watch(path, version, (type, object) => {
          if (type !== 'ERROR') this.#take(resource, type, object);
        })
        .catch(() => {
          // The API server is being started again.
        });
      await wait(500, null, { ref: false });
      version = await this.#listed(resource, path).catch(() => version);
    }
  }

  #take(resource: string, type: string, object: ApiObject): void {
    const { resourceVersion: _, ...metadata } = object.metadata;
    const { namespace, name } = metadata;
    const here = this.list({ resource, ...(namespace === undefined ? {} : { namespace }) });
    const known = here.find((each) => each.metadata.name === name);
    const taken = { ...object, metadata } as ApiObject;
    this.#taking = true;
    try {
      if (type === 'DELETED') {
        if (known !== undefined) this.delete(resource, namespace, name);
      } else if (known?.metadata.uid === metadata.uid) super.update(resource, taken);
      else {
        if (known !== undefined) this.delete(resource, namespace, name);
        super.create(resource, taken);
      }
    } finally {
      this.#taking = false;
    }
  }
}

const keyOf = ({ metadata }: ApiObject): string => `${metadata.namespace ?? ''}/${metadata.name}`;
const report = (error: Error): void => console.error(error.message);
