import type { Socket } from '../../client/socket.ts';

/** A socket that can be given up without a goodbye. */
export interface OpenSocket extends Socket {
  terminate(): void;
}
