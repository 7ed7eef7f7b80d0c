import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EndpointSlice, Service } from '../../../src/cluster/proxy/objects.ts';

type Kind = 'services' | 'endpointslices';
type Stored = { metadata: { namespace: string; name: string; resourceVersion: string } };

/** As much of an API server as kube-proxy 1.20 asks: its node, and lists and watches of two kinds. */
export class ProxyApi {
  readonly #objects: Record<Kind, Map<string, Stored>> = { services: new Map(), endpointslices: new Map() };
  readonly #watches: Record<Kind, Set<ServerResponse>> = { services: new Set(), endpointslices: new Set() };
  readonly #server = createServer((request, response) => {
    request.resume();
    const url = new URL(request.url ?? '', 'http://api');
    if (url.pathname === '/api/v1/nodes/node1') send(response, this.#node);
    else if (url.pathname === '/api/v1/nodes') this.#nodes(url, response);
    else if (url.pathname === '/api/v1/services') this.#list('services', url, response);
    else if (url.pathname === '/apis/discovery.k8s.io/v1beta1/endpointslices')
      this.#list('endpointslices', url, response);
    else
      send(
        response,
        request.method === 'POST' ? {} : { kind: 'Status', code: 404 },
        request.method !== 'POST',
      );
  });
  readonly #node: object;
  #version = 1;

  constructor(name: string, address: string, podCIDR: string) {
    this.#node = {
      kind: 'Node',
      apiVersion: 'v1',
      metadata: { name, resourceVersion: '1' },
      spec: { podCIDR, podCIDRs: [podCIDR] },
      status: { addresses: [{ type: 'InternalIP', address }] },
    };
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** These objects and no others: what is gone is deleted first, each kind in the order given. */
  replace(services: readonly Service[], slices: readonly EndpointSlice[]): void {
    this.#replace('services', services);
    this.#replace('endpointslices', slices);
  }

  #replace(kind: Kind, wanted: readonly (Service | EndpointSlice)[]): void {
    const objects = this.#objects[kind];
    for (const [, object] of objects) this.#tell(kind, 'DELETED', object);
    objects.clear();
    for (const { metadata, ...rest } of wanted) {
      this.#version += 1;
      const object = { ...rest, metadata: { ...metadata, resourceVersion: `${this.#version}` } };
      objects.set(`${metadata.namespace}/${metadata.name}`, object);
      this.#tell(kind, 'ADDED', object);
    }
  }

  #tell(kind: Kind, type: 'ADDED' | 'DELETED', object: Stored): void {
    for (const watch of this.#watches[kind])
      watch.write(`${JSON.stringify({ type, object: { ...object, ...types[kind] } })}\n`);
  }

  #nodes(url: URL, response: ServerResponse): void {
    if (url.searchParams.has('watch'))
      response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders();
    else
      send(response, {
        ...{ kind: 'NodeList', apiVersion: 'v1', items: [this.#node] },
        metadata: { resourceVersion: '1' },
      });
  }

  #list(kind: Kind, url: URL, response: ServerResponse): void {
    if (url.searchParams.has('watch')) {
      response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders();
      this.#watches[kind].add(response);
      response.on('close', () => this.#watches[kind].delete(response));
      return;
    }
    const { kind: item, apiVersion } = types[kind];
    const items = [...this.#objects[kind].values()];
    send(response, {
      ...{ kind: `${item}List`, apiVersion, items },
      metadata: { resourceVersion: `${this.#version}` },
    });
  }
}

const types = {
  services: { kind: 'Service', apiVersion: 'v1' },
  endpointslices: { kind: 'EndpointSlice', apiVersion: 'discovery.k8s.io/v1beta1' },
} as const;

function send(response: ServerResponse, body: object, missing = false): void {
  response.writeHead(missing ? 404 : 200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}
