/**
 * Every error hoplab can answer with. The code is stable: clients, documentation and both languages are
 * tested against this table. `exit` is the command line's exit code for it.
 */
export const errorCodes = {
  'lab-not-found': { exit: 2 },
  'lab-broken': { exit: 2 },
  'labs-directory-missing': { exit: 2 },
  'lab-in-use': { exit: 2 },
  'lab-unsupported': { exit: 2 },
  'engine-unsupported': { exit: 2 },
  'step-not-found': { exit: 2 },
  'check-not-found': { exit: 2 },
  'prediction-not-found': { exit: 2 },
  'session-not-found': { exit: 2 },
  'session-none': { exit: 2 },
  'session-limit': { exit: 2 },
  'node-not-found': { exit: 2 },
  'nothing-to-undo': { exit: 2 },
  'nothing-to-practise': { exit: 2 },
  'nothing-broken': { exit: 2 },
  'journal-failed': { exit: 2 },
  'machine-gone': { exit: 2 },
  'machine-failed': { exit: 2 },
  'action-failed': { exit: 2 },
  interrupted: { exit: 2 },
  'terminal-not-found': { exit: 2 },
  'terminal-limit': { exit: 2 },
  'request-limit': { exit: 2 },
  'option-unknown': { exit: 2 },
  'argument-invalid': { exit: 2 },
  'request-invalid': { exit: 2 },
  'method-not-found': { exit: 2 },
  'message-invalid': { exit: 2 },
  'message-too-large': { exit: 2 },
  unauthorized: { exit: 2 },
  'origin-refused': { exit: 2 },
  'host-refused': { exit: 2 },
  'slow-consumer': { exit: 2 },
  'protocol-mismatch': { exit: 2 },
  'daemon-unreachable': { exit: 2 },
  'daemon-running': { exit: 2 },
  'address-unusable': { exit: 2 },
  'directory-unusable': { exit: 2 },
  'not-root': { exit: 2 },
  'feature-missing': { exit: 2 },
  internal: { exit: 70 },
} as const satisfies Record<string, { exit: number }>;

export type ErrorCode = keyof typeof errorCodes;

export type ErrorData = Record<string, unknown>;

/** The one error type that crosses folders: a code of the table, a message for people, values for programs. */
export class HoplabError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, data: ErrorData = {}) {
    super(message);
    this.name = 'HoplabError';
    this.code = code;
    this.data = data;
  }
}
