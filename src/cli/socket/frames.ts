/** The frames of a WebSocket as a client writes and reads them: RFC 6455, section 5. */

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface Message {
  opcode: number;
  payload: Buffer;
}

const [final, masked] = [0x80, 0x80];
/** In place of a length, these say that it follows in so many bytes. */
const longer: Record<number, number> = { 126: 2, 127: 8 };

/** The mask is zero: it keeps a proxy from taking the payload for another protocol, and a Unix socket has none. */
export function encodeMessage(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const code = length < 126 ? length : length < 0x10000 ? 126 : 127;
  const start = 2 + (longer[code] ?? 0) + 4;
  const bytes = Buffer.alloc(start + length);
  bytes[0] = final | opcode;
  bytes[1] = masked | code;
  if (code === 126) bytes.writeUInt16BE(length, 2);
  if (code === 127) bytes.writeBigUInt64BE(BigInt(length), 2);
  bytes.set(payload, start);
  return bytes;
}

/** Takes the bytes as they come, and gives the messages that are complete. */
export function messageReader(): (chunk: Buffer) => Message[] {
  let chunks: Buffer[] = [];
  let held = 0;
  /** Bytes up to the end of the frame, or of its header as long as it is not there. */
  let needed = 2;
  let begun: { opcode: number; parts: Buffer[] } | null = null;

  function frame(): { first: number; payload: Buffer } | null {
    const bytes = Buffer.concat(chunks);
    chunks = [bytes];
    const code = (bytes[1] ?? 0) & ~masked;
    const start = 2 + (longer[code] ?? 0);
    needed = start;
    if (held < start) return null;
    const length =
      start === 2 ? code : start === 4 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    needed += length;
    if (held < needed) return null;
    chunks = [bytes.subarray(needed)];
    held -= needed;
    const payload = bytes.subarray(start, needed);
    needed = 2;
    return { first: bytes[0] ?? 0, payload };
  }

  /** A message may come in several frames; pings and the close may come between them. */
  function message(first: number, payload: Buffer): Message | null {
    const opcode = first & 0x0f;
    if (opcode >= opcodes.close) return { opcode, payload };
    if (begun === null || opcode !== opcodes.continuation) begun = { opcode, parts: [] };
    begun.parts.push(payload);
    if ((first & final) === 0) return null;
    const whole = { opcode: begun.opcode, payload: Buffer.concat(begun.parts) };
    begun = null;
    return whole;
  }

  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    const messages: Message[] = [];
    while (held >= needed) {
      const next = frame();
      const whole = next === null ? null : message(next.first, next.payload);
      if (whole !== null) messages.push(whole);
    }
    return messages;
  };
}
