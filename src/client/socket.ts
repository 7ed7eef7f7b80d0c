/** The part of a WebSocket that a client needs: the browser's and that of `ws` both have it. */
export interface Socket {
  binaryType: string;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { reason: string }) => void): void;
  /** That of `ws` says what happened; the browser's does not. */
  addEventListener(type: 'error', listener: (event: { message?: string }) => void): void;
}
