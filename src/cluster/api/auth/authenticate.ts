import type { IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { User } from '../kinds/strategy.ts';
import type { Registry } from '../registry.ts';
import { ApiError } from '../request/errors.ts';
import type { Tokens } from './tokens.ts';

const anonymous: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/** The sender of a request: by a certificate of the cluster's CA, else by a token, else anonymous. */
export function authenticate(request: IncomingMessage, registry: Registry, tokens: Tokens, now: Date): User {
  const byCertificate = certificateUser(request);
  if (byCertificate !== undefined) return byCertificate;
  const { authorization } = request.headers;
  const token = /^Bearer\s+(\S+)/i.exec(authorization ?? '')?.[1];
  if (token !== undefined) {
    const user = tokenUser(token, registry, tokens, now);
    if (user !== undefined) return user;
    throw unauthorized();
  }
  // A certificate of another CA does not authenticate, but its sender is not anonymous.
  if (authorization !== undefined || showsCertificate(request)) throw unauthorized();
  return anonymous;
}

function unauthorized(): ApiError {
  return new ApiError(401, 'Unauthorized', 'Unauthorized');
}

function showsCertificate({ socket }: IncomingMessage): boolean {
  return socket instanceof TLSSocket && Object.keys(socket.getPeerCertificate()).length > 0;
}

function certificateUser({ socket }: IncomingMessage): User | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  const { subject } = socket.getPeerCertificate();
  if (subject?.CN === undefined) return undefined;
  const { CN, O } = subject;
  const name = [CN].flat()[0] ?? '';
  return { name, groups: [...(O === undefined ? [] : [O].flat()), 'system:authenticated'] };
}

export function tokenUser(token: string, registry: Registry, tokens: Tokens, now: Date): User | undefined {
  const account = readable(() => tokens.read(token, now));
  if (account === undefined) return undefined;
  const { namespace, name, uid } = account;
  const found = registry.find('serviceaccounts', namespace, name);
  if (found?.metadata.uid !== uid) return undefined;
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    uid,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  };
}

/** The result, or undefined for any error: a broken token is not one of ours. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
