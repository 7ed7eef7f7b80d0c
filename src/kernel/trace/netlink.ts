/** Attributes of a netlink message: type -> payload (netlink(7)). A nested one is read by reading its payload. */
export type Attributes = Map<number, Uint8Array>;

/** The two high bits of an attribute's type are flags (NLA_F_NESTED, NLA_F_NET_BYTEORDER). */
const typeMask = 0x3fff;

export function attributesOf(bytes: Uint8Array | undefined): Attributes {
  return new Map(attributesIn(bytes));
}

/** A nested list, whose attributes all have one type (NFTA_LIST_ELEM): their payloads. */
export function listOf(bytes: Uint8Array | undefined): Uint8Array[] {
  return attributesIn(bytes).map(([, payload]) => payload);
}

/** Each attribute, of one type as often as it is there. */
export function attributesIn(bytes: Uint8Array | undefined): [type: number, payload: Uint8Array][] {
  const attributes: [number, Uint8Array][] = [];
  if (bytes === undefined) return attributes;
  const view = viewOf(bytes);
  for (let at = 0; at + 4 <= bytes.length; ) {
    const size = view.getUint16(at, true);
    if (size < 4) break;
    attributes.push([view.getUint16(at + 2, true) & typeMask, bytes.subarray(at + 4, at + size)]);
    at += (size + 3) & ~3;
  }
  return attributes;
}

/** A number in network byte order, of the payload's own size; null where there is none, or more than the kernel has. */
export function numberOf(bytes: Uint8Array | undefined): number | null {
  if (bytes === undefined || bytes.length === 0 || bytes.length > 8) return null;
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

/** A text without its closing zero. */
export function textOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : new TextDecoder().decode(bytes).replace(/\0+$/, '');
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
