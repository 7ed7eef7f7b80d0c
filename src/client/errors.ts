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
export function endedConnection(reason: string): HoplabError {
  const message = 'the connection to the daemon ended';
  return isErrorCode(reason)
    ? new HoplabError(reason, message)
    : new HoplabError('daemon-unreachable', message, { reason });
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
