import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { subprotocol, tokenSubprotocol } from '../protocol/connection.ts';
import { HoplabError } from '../protocol/errors.ts';

/**
 * Which clients may connect, by the way they come.
 * - `local`: the Unix socket; the file's mode and group decided already.
 * - `network`: TCP. The token on every request; `hosts` and `origins` besides this machine's own.
 */
export type Door = { kind: 'local' } | { kind: 'network'; token: string; hosts: string[]; origins: string[] };

/** Ways to this machine by its own names. */
const ownHosts = ['127.0.0.1', 'localhost', '[::1]'];

interface Visitor {
  headers: IncomingHttpHeaders;
  /** The request is open to every client that can reach the door. */
  public: boolean;
}

/** Why the visitor is turned away, or null. */
export function refusal(door: Door, visitor: Visitor): HoplabError | null {
  if (door.kind === 'local') return null;
  const { headers } = visitor;
  // A page that rebinds its own DNS name to 127.0.0.1 still sends that name as Host.
  const host = headers.host ?? '';
  if (![...ownHosts, ...door.hosts].includes(hostname(host))) {
    return new HoplabError('host-refused', 'this Host header is not allowed', {
      host,
      allowed: [...ownHosts, ...door.hosts],
    });
  }
  // With Host held to this machine's names, the same origin is the daemon's own page, also through a forwarded port.
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${host}` && !door.origins.includes(origin)) {
    return new HoplabError('origin-refused', 'this Origin is not allowed; see HOPLAB_ORIGINS', { origin });
  }
  if (!visitor.public && !sameToken(tokenOf(headers), door.token)) {
    return new HoplabError('unauthorized', 'the token is missing or wrong');
  }
  return null;
}

function hostname(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

function tokenOf(headers: IncomingHttpHeaders): string {
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  return bearer ?? tokenOffered(headers['sec-websocket-protocol'] ?? '');
}

function tokenOffered(protocols: string): string {
  const offered = protocols.split(',').map((each) => each.trim());
  if (!offered.includes(subprotocol)) return '';
  return offered.find((each) => each.startsWith(tokenSubprotocol))?.slice(tokenSubprotocol.length) ?? '';
}

/** In constant time: digests have one length for any text. */
function sameToken(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
