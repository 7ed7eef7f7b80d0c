import type { IncomingMessage, ServerResponse } from 'node:http';
import type { User } from '../kinds/strategy.ts';
import { ApiError } from '../request/errors.ts';
import type { RequestInfo } from '../request/path.ts';

/** One request, with its user and its target, and the way to its answer. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  info: RequestInfo;
  user: User;
}

const largest = 3 * 1024 * 1024;

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > largest) {
      const message = `Request entity too large: limit is ${largest}`;
      throw new ApiError(413, 'RequestEntityTooLarge', message);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

export function sendJson(response: ServerResponse, code: number, body: unknown): void {
  const indent = isForPeople(response.req) ? 2 : 0;
  send(response, code, 'application/json', `${JSON.stringify(body, null, indent)}\n`);
}

/** Over several lines for browsers and for curl, as the API server does it, and wherever it is asked for. */
function isForPeople({ url = '', headers }: IncomingMessage): boolean {
  const asked = new URLSearchParams(url.split('?')[1]).get('pretty');
  if (asked !== null && asked !== '') return /^(1|t|true)$/i.test(asked);
  return /^(curl|Wget|Mozilla\/5\.0)/.test(headers['user-agent'] ?? '');
}

export function send(response: ServerResponse, code: number, type: string, body: string | Uint8Array): void {
  response.writeHead(code, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

export function sendError(response: ServerResponse, error: ApiError): void {
  if (response.headersSent) response.end();
  else sendJson(response, error.status.code ?? 500, error.status);
}

/** As the API server sends them: kubectl prints each on a line of its own. */
export function warn(response: ServerResponse, warnings: readonly string[]): void {
  if (warnings.length === 0) return;
  const escaped = warnings.map((text) => `299 - "${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`);
  response.setHeader('warning', escaped);
}
