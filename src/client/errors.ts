import { JSONRPCErrorException } from 'json-rpc-2.0';
import { type ErrorCode, errorCodes, HoplabError } from '../protocol/errors.ts';
import { protocolVersion } from '../protocol/version.ts';

/** The daemon's answer that a request failed; null where it is no answer of a daemon. */
export function answeredError(error: unknown): HoplabError | null {
  if (!(error instanceof JSONRPCErrorException)) return null;
  const { code, ...data } = Object(error.data);
  return isErrorCode(code) ? new HoplabError(code, error.message, data) : null;
}

/** The daemon gives a code as the reason where it ends a connection on purpose. */
export function endedConnection(reason: string, failure = ''): HoplabError {
  const message = 'the connection to the daemon ended';
  if (isErrorCode(reason)) return new HoplabError(reason, message);
  // `ws` gives the status of a refused upgrade in words alone.
  if (/: 401$/.test(failure)) return new HoplabError('unauthorized', 'the token is missing or wrong');
  const cause = failure === '' ? {} : { cause: failure };
  return new HoplabError('daemon-unreachable', [message, ...Object.values(cause)].join(': '), {
    reason,
    ...cause,
  });
}

export function notJson(): HoplabError {
  return new HoplabError('message-invalid', 'the daemon sent a message that is not JSON');
}

export function versionMismatch(daemon: number): HoplabError {
  const message = `the daemon speaks protocol ${daemon}, this client ${protocolVersion}`;
  return new HoplabError('protocol-mismatch', message, { daemon, client: protocolVersion });
}

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code);
}
