import {
  createServer as createHttp,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Store } from '../store/store.ts';
import { authenticate } from './auth/authenticate.ts';
import { authorize, impersonate } from './auth/authorize.ts';
import { runSigner } from './auth/csr.ts';
import { defaultRoles } from './auth/default-roles.ts';
import { Tokens } from './auth/tokens.ts';
import type { ServerContext } from './http/common.ts';
import { sendDiscovery } from './http/discovery.ts';
import { type Exchange, sendError } from './http/exchange.ts';
import { sendOpenapi } from './http/openapi.ts';
import { serveResource } from './http/resource.ts';
import { upgrade } from './http/upgrade.ts';
import type { User } from './kinds/strategy.ts';
import { newSuffix } from './names.ts';
import type { PodAccess } from './pod-access.ts';
import { Registry } from './registry.ts';
import { ApiError, internal, noSuchPath } from './request/errors.ts';
import { requestInfo } from './request/path.ts';

export interface ApiOptions {
  store: Store;
  /** Without it the API speaks plain HTTP, and everybody is the administrator: for tests. */
  tls?: { cert: string; key: string; ca: string; caKey?: string };
  /** Signs the tokens of service accounts; without it the key of `tls` does. */
  serviceAccountKey?: string;
  pods?: PodAccess;
  now?: () => Date;
  /** A write is answered when this has resolved; at once without it. */
  settled?: ServerContext['settled'];
}

export interface Api {
  /** Writes to the store as the API does; for the controllers of the same process. */
  registry: Registry;
  listen(address: string, port: number): Promise<AddressInfo>;
  close(): Promise<void>;
}

export function createApi(options: ApiOptions): Api {
  const { store, tls, serviceAccountKey, pods, now = () => new Date(), settled = async () => {} } = options;
  const registry = new Registry(store, newSuffix);
  const key = serviceAccountKey ?? tls?.key;
  const tokens = key === undefined ? undefined : new Tokens(key);
  const served: ServerContext = { registry, pods, tokens, now, settled };
  for (const [resource, role] of defaultRoles()) {
    const { name } = role.metadata;
    if (registry.find(resource, undefined, name) === undefined) store.create(resource, role);
  }
  const stopSigner =
    tls?.caKey === undefined ? undefined : runSigner(store, { cert: tls.ca, key: tls.caKey }, now);
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    void exchange(request, response, served, tls !== undefined);
  };
  const server: Server =
    tls === undefined
      ? createHttp(answer)
      : createHttps({ ...tls, requestCert: true, rejectUnauthorized: false }, answer);
  server.requestTimeout = 0;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgrade(request, socket, head, served, () => {
      const info = requestInfo(request.method ?? 'GET', request.url ?? '/');
      // Running a command counts as create, with any method that begins the stream.
      const wanted = { ...info, verb: 'create' };
      authorize(userOf(request, served, tls !== undefined), wanted, registry);
      return info;
    });
  });
  return {
    registry,
    listen: (address, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, address, () => {
          const bound = server.address();
          if (bound !== null && typeof bound === 'object') resolve(bound);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        stopSigner?.();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function exchange(
  request: IncomingMessage,
  response: ServerResponse,
  served: ServerContext,
  secure: boolean,
): Promise<void> {
  try {
    const info = requestInfo(request.method ?? 'GET', request.url ?? '/');
    const user = userOf(request, served, secure);
    const one: Exchange = { request, response, info, user };
    authorize(user, info, served.registry);
    if (info.resource !== undefined) await serveResource(one, info.resource, served);
    else if (!sendDiscovery(one) && !sendOpenapi(one)) throw noSuchPath();
  } catch (error) {
    sendError(response, error instanceof ApiError ? error : internal(messageOf(error)));
  }
}

function userOf(request: IncomingMessage, { registry, tokens, now }: ServerContext, secure: boolean): User {
  const known = secure && tokens !== undefined;
  const sender = known ? authenticate(request, registry, tokens, now()) : administrator;
  return impersonate(sender, request, registry);
}

const administrator: User = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
