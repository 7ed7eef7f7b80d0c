/** One frame of SPDY/3.1: data of a stream, or control. */
export type Frame =
  | { kind: 'data'; stream: number; last: boolean; data: Buffer }
  | { kind: 'control'; type: number; flags: number; body: Buffer };

export const control = {
  synStream: 1,
  synReply: 2,
  rstStream: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  headers: 8,
  windowUpdate: 9,
} as const;

/** The flag of the last frame that a side sends on a stream. */
export const fin = 1;

/** Bytes of one frame's body that are taken; no client of the API sends more than 32 KiB at once. */
const longest = 1 << 20;

const version = 3;

/** The frames in a sequence of bytes. Throws where they are not SPDY/3.1. */
export async function* framesIn(input: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let held: Buffer = Buffer.alloc(0);
  for await (const part of input) {
    held = held.length === 0 ? part : Buffer.concat([held, part]);
    while (held.length >= 8) {
      const flags = held.readUInt8(4);
      const length = held.readUIntBE(5, 3);
      if (length > longest) throw new Error(`a frame of ${length} bytes`);
      if (held.length < 8 + length) break;
      const body = held.subarray(8, 8 + length);
      const first = held.readUInt32BE(0);
      held = held.subarray(8 + length);
      if (first >>> 31 === 0) {
        yield { kind: 'data', stream: first, last: (flags & fin) !== 0, data: body };
        continue;
      }
      if (((first >>> 16) & 0x7fff) !== version) throw new Error('not SPDY/3.1');
      yield { kind: 'control', type: first & 0xffff, flags, body };
    }
  }
}

export function dataFrame(stream: number, data: Uint8Array, last: boolean): Buffer {
  return Buffer.concat([head(stream, last ? fin : 0, data.length), data]);
}

export function controlFrame(type: number, flags: number, body: Uint8Array): Buffer {
  return Buffer.concat([head((0x8000 | version) * 0x10000 + type, flags, body.length), body]);
}

/** Whole numbers of four bytes. */
export function words(...numbers: number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  for (const [at, number] of numbers.entries()) bytes.writeUInt32BE(number, 4 * at);
  return bytes;
}

function head(first: number, flags: number, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(first, 0);
  bytes.writeUInt8(flags, 4);
  bytes.writeUIntBE(length, 5, 3);
  return bytes;
}
