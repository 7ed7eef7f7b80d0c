/** The constants of the connection that server and clients share. */

export const webSocketPath = '/ws';

/** Browsers cannot set headers on a WebSocket: they offer `hoplab` and this prefix followed by the token. */
export const subprotocol = 'hoplab';
export const tokenSubprotocol = 'hoplab.token.';

/** A longer message ends the connection with close code 1009 and the reason `message-too-large`. */
export const maxMessageBytes = 1024 * 1024;

/** Requests in one JSON-RPC batch. */
export const maxBatch = 100;

/** Bytes of the answers to one batch; a request whose turn comes after them is answered with `request-limit`. */
export const maxBatchBytes = 8 * 1024 * 1024;

/** Bytes of one terminal a client may leave unacknowledged before the server stops reading it. */
export const terminalWindow = 256 * 1024;

/** Bytes of input that may wait for a terminal's program; a client that sends on without acks loses the terminal. */
export const inputLimit = 4 * 1024 * 1024;

export const terminalsPerConnection = 16;

/** Columns or rows of a terminal. */
export const widest = 1000;

/** Requests of one connection that wait for their answers; another one is refused. */
export const requestsPerConnection = 128;

/** Close codes of RFC 6455 and the reasons that go with them. */
export const closeCodes = {
  'message-too-large': 1009,
  'slow-consumer': 1013,
} as const;
