/** Blocks of a pcapng file, in little-endian order (draft-ietf-opsawg-pcapng). */

const option = { end: 0, comment: 1, name: 2, application: 4, resolution: 9, flags: 2 };

/** One packet as a block holds it. */
interface CapturedPacket {
  /** Nanoseconds since the epoch. */
  time: bigint;
  way: 'in' | 'out';
  bytes: Uint8Array;
  /** Bytes it had on the wire. */
  length: number;
  comment?: string | undefined;
}

/** Begins a file. */
export function sectionHeader(comment: string): Uint8Array {
  // Byte-order magic, version 1.0, section length not given.
  const body = [...u32(0x1a2b3c4d), ...u16(1), ...u16(0), ...u32(0xffffffff), ...u32(0xffffffff)];
  return block(0x0a0d0d0a, [
    Uint8Array.from(body),
    text(option.comment, comment),
    text(option.application, 'hoplab'),
  ]);
}

/** A device; packets name it by its place among these blocks. `linkType` as in tcpdump.org/linktypes.html. */
export function interfaceBlock(name: string, linkType: number): Uint8Array {
  const body = Uint8Array.from([...u16(linkType), ...u16(0), ...u32(0)]);
  return block(1, [body, text(option.name, name), optionOf(option.resolution, Uint8Array.of(9))]);
}

export function packetBlock(at: number, packet: CapturedPacket): Uint8Array {
  const { time, way, bytes, length, comment } = packet;
  const [high, low] = [Number(time >> 32n), Number(time & 0xffffffffn)];
  const head = Uint8Array.from([at, high, low, bytes.length, length].flatMap(u32));
  const direction = optionOf(option.flags, Uint8Array.from(u32(way === 'out' ? 2 : 1)));
  const commentOption = comment === undefined ? [] : [text(option.comment, comment)];
  return block(6, [head, padded(bytes), direction, ...commentOption]);
}

/** Type, length, body, end of options, length again. */
function block(type: number, parts: Uint8Array[]): Uint8Array {
  const body = concatBytes([...parts, Uint8Array.of(0, 0, 0, 0)]);
  const length = Uint8Array.from(u32(body.length + 12));
  return concatBytes([Uint8Array.from(u32(type)), length, body, length]);
}

function text(code: number, value: string): Uint8Array {
  return optionOf(code, new Uint8Array(utf8(value)));
}

function optionOf(code: number, value: Uint8Array): Uint8Array {
  return concatBytes([Uint8Array.from([...u16(code), ...u16(value.length)]), padded(value)]);
}

function padded(bytes: Uint8Array): Uint8Array {
  return concatBytes([bytes, new Uint8Array((4 - (bytes.length % 4)) % 4)]);
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const u16 = (value: number): number[] => [value & 255, (value >> 8) & 255];
const u32 = (value: number): number[] => [...u16(value & 0xffff), ...u16(value >>> 16)];

/** core has no TextEncoder: it is written for any JavaScript there is. */
function utf8(value: string): number[] {
  return [...value].flatMap((character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) return [code];
    const tail = (shift: number) => 0x80 | ((code >> shift) & 63);
    if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
    if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
    return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
  });
}
