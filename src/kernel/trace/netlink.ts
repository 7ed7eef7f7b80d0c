/** The two high bits of an attribute's type are flags (NLA_F_NESTED, NLA_F_NET_BYTEORDER). */
const typeMask = 0x3fff;

/**
 * Attributes of a netlink message: type -> payload (netlink(7)). A nested one is read by reading its payload. A link has
 * fifty of which a dozen are read, and a hundred nodes have hundreds: so they are looked for, and no table is made.
 */
export class Attributes {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The payload of the last one of a type. */
  get(wanted: number): Uint8Array | undefined {
    const bytes = this.#bytes;
    let found = -1;
    for (let at = 0; at + 4 <= bytes.length; ) {
      const size = shortAt(bytes, at);
      if (size < 4) break;
      if ((shortAt(bytes, at + 2) & typeMask) === wanted) found = at;
      at += (size + 3) & ~3;
    }
    return found < 0 ? undefined : bytes.subarray(found + 4, found + shortAt(bytes, found));
  }
}

const none = new Attributes(new Uint8Array());

export const attributesOf = (bytes: Uint8Array | undefined): Attributes =>
  bytes === undefined ? none : new Attributes(bytes);

/** A nested list, whose attributes all have one type (NFTA_LIST_ELEM): their payloads. */
export function listOf(bytes: Uint8Array | undefined): Uint8Array[] {
  return attributesIn(bytes).map(([, payload]) => payload);
}

/** Each attribute, of one type as often as it is there. */
export function attributesIn(bytes: Uint8Array | undefined): [type: number, payload: Uint8Array][] {
  const attributes: [number, Uint8Array][] = [];
  if (bytes === undefined) return attributes;
  for (let at = 0; at + 4 <= bytes.length; ) {
    const size = shortAt(bytes, at);
    if (size < 4) break;
    attributes.push([shortAt(bytes, at + 2) & typeMask, bytes.subarray(at + 4, at + size)]);
    at += (size + 3) & ~3;
  }
  return attributes;
}

/** In this computer's byte order: hoplab's are all little-endian. */
const shortAt = (bytes: Uint8Array, at: number) => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);

/** A number in network byte order, of the payload's own size; null where there is none, or more than the kernel has. */
export function numberOf(bytes: Uint8Array | undefined): number | null {
  if (bytes === undefined || bytes.length === 0 || bytes.length > 8) return null;
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

const decoder = new TextDecoder();

/** A text without its closing zero. */
export function textOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : decoder.decode(bytes).replace(/\0+$/, '');
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
