import type { Duplex } from 'node:stream';
import { type ErrorCode, type ErrorDocument, HoplabError } from '../protocol/errors.ts';

// To import the module loads undici, which nothing here uses: 80 ms and some memory at each start.
const { STATUS_CODES } = process.getBuiltinModule('node:http');

const statuses: Partial<Record<ErrorCode, number>> = {
  unauthorized: 401,
  'origin-refused': 403,
  'host-refused': 421,
  'method-not-found': 404,
  'request-invalid': 400,
  internal: 500,
};

/** An error as an HTTP response. */
export function refused(error: HoplabError): { status: number; body: ErrorDocument } {
  return {
    status: statuses[error.code] ?? 400,
    body: { error: { code: error.code, message: error.message, data: error.data } },
  };
}

/** Answers an upgrade that is not to be: there is no reply object yet, only the socket. */
export function refuseUpgrade(socket: Duplex, error: HoplabError): void {
  const { status, body } = refused(error);
  const text = JSON.stringify(body);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(text)}`,
      ...(status === 401 ? ['WWW-Authenticate: Bearer'] : []),
      '',
      text,
    ].join('\r\n'),
  );
}

/** An error without a code is a bug of hoplab; the client gets no details of it. */
export function coded(error: unknown): HoplabError {
  return error instanceof HoplabError
    ? error
    : new HoplabError('internal', 'internal error; see the daemon log');
}
