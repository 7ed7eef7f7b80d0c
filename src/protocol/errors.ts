import type { ErrorCode } from '../core/errors.ts';

export { type ErrorCode, type ErrorData, errorCodes, HoplabError } from '../core/errors.ts';

/**
 * For each code of core's table: how it reaches a client, its number in JSON-RPC, and its meaning.
 * - `rpc`: the answer to a request.
 * - `http`: the answer to an HTTP request or a refused WebSocket upgrade.
 * - `close`: the reason with which the server ends a connection.
 * - `client`: the client's own; the server never sends it.
 */
export const errorTable = {
  'message-invalid': {
    number: -32700,
    met: 'rpc',
    summary: 'The message is neither JSON nor a terminal frame.',
  },
  'request-invalid': {
    number: -32600,
    met: 'rpc',
    summary: 'The message is JSON, but not a JSON-RPC 2.0 request.',
  },
  'method-not-found': { number: -32601, met: 'rpc', summary: 'There is no such method.' },
  'argument-invalid': {
    number: -32602,
    met: 'rpc',
    summary: 'A parameter is missing, unknown or of the wrong type.',
  },
  internal: {
    number: -32603,
    met: 'rpc',
    summary: 'An error inside hoplab; the daemon log has the details.',
  },
  'lab-not-found': { number: 1001, met: 'rpc', summary: 'No lab has this id.' },
  'lab-broken': { number: 1002, met: 'rpc', summary: 'The files of the lab have errors.' },
  'labs-directory-missing': { number: 1003, met: 'rpc', summary: 'The directory of labs is not there.' },
  'lab-in-use': { number: 1006, met: 'rpc', summary: 'Sessions of the lab are running.' },
  'lab-unsupported': { number: 1004, met: 'rpc', summary: 'The VM lacks a feature that the lab requires.' },
  'engine-unsupported': { number: 1005, met: 'rpc', summary: 'The lab does not run with this engine.' },
  'step-not-found': { number: 1101, met: 'rpc', summary: 'The lab has no such step.' },
  'check-not-found': { number: 1102, met: 'rpc', summary: 'The step has no such check.' },
  'prediction-not-found': { number: 1103, met: 'rpc', summary: 'The step asks no such prediction.' },
  'session-not-found': { number: 1201, met: 'rpc', summary: 'No session has this id.' },
  'session-none': { number: 1202, met: 'rpc', summary: 'No session was named and none is current.' },
  'session-limit': {
    number: 1203,
    met: 'rpc',
    summary: 'There are as many sessions as the VM allows.',
  },
  'nothing-to-undo': { number: 1205, met: 'rpc', summary: 'No replaced machine is kept.' },
  'nothing-to-practise': {
    number: 1206,
    met: 'rpc',
    summary: 'No fault of the lab shows when it is finished.',
  },
  'nothing-broken': { number: 1207, met: 'rpc', summary: 'The session has no fault to find.' },
  'journal-failed': {
    number: 1208,
    met: 'rpc',
    summary: 'Progress could not be written; the disk may be full. It is kept in memory and written later.',
  },
  'node-not-found': { number: 1301, met: 'rpc', summary: 'The machine has no such node.' },
  'machine-gone': { number: 1302, met: 'rpc', summary: 'The machine has ended; reset makes a new one.' },
  'machine-failed': { number: 1303, met: 'rpc', summary: 'The machine could not be made.' },
  'action-failed': { number: 1304, met: 'rpc', summary: 'A step of building the topology failed.' },
  interrupted: {
    number: 1308,
    met: 'rpc',
    summary: 'Given up, because the session leaves the machine: reset, goto, reboot, break, undo or stop.',
  },
  'feature-missing': { number: 1307, met: 'rpc', summary: 'The VM lacks a program or a kernel feature.' },
  'terminal-not-found': { number: 1401, met: 'rpc', summary: 'This connection has no such terminal.' },
  'terminal-limit': { number: 1402, met: 'rpc', summary: 'This connection has as many terminals as it may.' },
  'request-limit': {
    number: 1403,
    met: 'rpc',
    summary: 'This connection has as many unanswered requests as it may.',
  },
  unauthorized: { number: 1501, met: 'http', summary: 'The token is missing or wrong.' },
  'origin-refused': {
    number: 1502,
    met: 'http',
    summary: 'The page that asks is not served by this daemon.',
  },
  'host-refused': { number: 1503, met: 'http', summary: 'The daemon is not known under this host name.' },
  'message-too-large': { number: 1601, met: 'close', summary: 'A message was longer than 1 MiB.' },
  'slow-consumer': { number: 1602, met: 'close', summary: 'The client did not read what was sent to it.' },
  'option-unknown': { number: 1701, met: 'client', summary: 'There is no such command or option.' },
  'protocol-mismatch': {
    number: 1702,
    met: 'client',
    summary: 'Client and daemon are of different versions.',
  },
  'daemon-unreachable': { number: 1703, met: 'client', summary: 'No daemon answers.' },
  'daemon-running': { number: 1704, met: 'client', summary: 'Another daemon is running already.' },
  'address-unusable': { number: 1706, met: 'client', summary: 'The daemon cannot listen on its address.' },
  'directory-unusable': {
    number: 1707,
    met: 'client',
    summary: 'Machines cannot reach the run directory.',
  },
  'not-root': { number: 1705, met: 'client', summary: 'This needs root.' },
} as const satisfies Record<
  ErrorCode,
  { number: number; met: 'rpc' | 'http' | 'close' | 'client'; summary: string }
>;

/** Every request can be answered with these; methods list only their own. */
export const commonErrors = [
  'message-invalid',
  'request-invalid',
  'method-not-found',
  'argument-invalid',
  'request-limit',
  'internal',
] as const satisfies ErrorCode[];

/** The body of a refused HTTP request, and of `--json`. */
export interface ErrorDocument {
  error: { code: ErrorCode; message: string; data: Record<string, unknown> };
}
