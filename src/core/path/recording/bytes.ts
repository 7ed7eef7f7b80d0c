/** Reads numbers and addresses out of packets; everything on the wire has its high byte first. */

export function readNumber(bytes: Uint8Array, at: number, size: 1 | 2 | 4): number {
  let value = 0;
  for (let index = at; index < at + size; index++) value = value * 256 + (bytes[index] ?? 0);
  return value;
}

const hexadecimal = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function readMac(bytes: Uint8Array, at: number): string {
  let read = '';
  for (const byte of bytes.subarray(at, at + 6)) read += `${read && ':'}${hexadecimal[byte]}`;
  return read;
}

/** Four bytes as IPv4, sixteen as IPv6 in its canonical form (RFC 5952). */
export function readAddress(bytes: Uint8Array): string {
  if (bytes.length === 4) return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`;
  const groups: string[] = [];
  for (let at = 0; at < 16; at += 2)
    groups.push((((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)).toString(16));
  return shorten(groups);
}

/** The longest run of zero groups, of two at least, becomes `::`. */
function shorten(groups: string[]): string {
  let [start, length] = [0, 0];
  for (let at = 0; at < groups.length; at++) {
    let end = at;
    while (groups[end] === '0') end++;
    if (end - at > length) [start, length] = [at, end - at];
  }
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}
