/** A terminal's bytes on the wire: one byte of kind, the terminal's number (uint32, big-endian), the payload. */
export interface Frame {
  kind: FrameKind;
  terminal: number;
  payload: Uint8Array;
}

export type FrameKind = keyof typeof kinds;

/**
 * `stdin` goes to the server, `stdout` and `stderr` come from it. `ack` goes both ways and says how many
 * bytes (uint32) of the terminal its sender has used up since its last ack.
 */
const kinds = { stdin: 0, stdout: 1, stderr: 2, ack: 3 } as const;
const names = Object.keys(kinds) as FrameKind[];
const headerBytes = 5;

export function encodeFrame({ kind, terminal, payload }: Frame): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerBytes + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, kinds[kind]);
  view.setUint32(1, terminal);
  bytes.set(payload, headerBytes);
  return bytes;
}

/** Null when the bytes are no frame. The payload is a view of `bytes`, not a copy. */
export function decodeFrame(bytes: Uint8Array): Frame | null {
  if (bytes.length < headerBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = names[view.getUint8(0)];
  if (kind === undefined) return null;
  return { kind, terminal: view.getUint32(1), payload: bytes.subarray(headerBytes) };
}

export function encodeAck(terminal: number, count: number): Uint8Array<ArrayBuffer> {
  const payload = new Uint8Array(4);
  new DataView(payload.buffer).setUint32(0, count);
  return encodeFrame({ kind: 'ack', terminal, payload });
}

/** How many bytes an ack frame's payload acknowledges; null when it is no ack. */
export function decodeAck(payload: Uint8Array): number | null {
  if (payload.length !== 4) return null;
  return new DataView(payload.buffer, payload.byteOffset, 4).getUint32(0);
}
