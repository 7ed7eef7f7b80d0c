import { readAddress } from '../path/recording/bytes.ts';

/** An IPv4 or IPv6 address as a number, so that prefixes can be compared. */
interface Ip {
  readonly family: 'ipv4' | 'ipv6';
  readonly value: bigint;
}

/** A network: the first address and the number of fixed bits. */
export interface Prefix {
  readonly ip: Ip;
  readonly bits: number;
}

const width = { ipv4: 32, ipv6: 128 } as const;

/** Texts of which the meaning is kept. */
const most = 10_000;

/** A packet's way asks for the meaning of the same few texts thousands of times. */
function remembered<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    if (known.size === most) known.clear();
    const meaning = read(text);
    known.set(text, meaning);
    return meaning;
  };
}

/** Reads `192.168.15.1` or `fd00::1`; null for anything else (a name, a prefix, a typing error). */
export const parseIp = remembered(ipIn);

function ipIn(text: string): Ip | null {
  const value = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  return value === null ? null : { family: text.includes(':') ? 'ipv6' : 'ipv4', value };
}

const asIpv4 = remembered((text) => prefixIn(text, 'ipv4'));
const asIpv6 = remembered((text) => prefixIn(text, 'ipv6'));

/**
 * Reads `a.b.c.d/len`; a bare address is a host (/32, /128). `default` is the whole of `family`.
 * Null where the text is neither.
 */
export function parsePrefix(text: string, family: 'ipv4' | 'ipv6' = 'ipv4'): Prefix | null {
  return family === 'ipv4' ? asIpv4(text) : asIpv6(text);
}

function prefixIn(text: string, family: 'ipv4' | 'ipv6'): Prefix | null {
  if (text === 'default') return { ip: { family, value: 0n }, bits: 0 };
  const [address = '', length] = text.split('/');
  const ip = parseIp(address);
  if (ip === null) return null;
  const bits = length === undefined ? width[ip.family] : Number(length);
  if (!Number.isInteger(bits) || bits < 0 || bits > width[ip.family] || length === '') return null;
  return { ip, bits };
}

/** True where every address of `inner` is one of `outer`. */
export function covers(outer: Prefix, inner: Prefix): boolean {
  if (outer.ip.family !== inner.ip.family || outer.bits > inner.bits) return false;
  const shift = BigInt(width[outer.ip.family] - outer.bits);
  return outer.ip.value >> shift === inner.ip.value >> shift;
}

/** The prefix that holds only this address. */
export function hostPrefix(ip: Ip): Prefix {
  return { ip, bits: width[ip.family] };
}

/** True where the network `prefix` (text, e.g. `192.168.15.0/24`) holds `address`. Unreadable text holds nothing. */
export function holds(prefix: string, address: string): boolean {
  const ip = parseIp(address);
  const outer = ip === null ? null : parsePrefix(prefix, ip.family);
  return ip !== null && outer !== null && covers(outer, hostPrefix(ip));
}

/** Valid on its own wire only: no router passes on packets from it (RFC 4291, 2.5.6). */
export const isLinkLocal = (address: string): boolean => holds('fe80::/10', address);

export const isMulticast = (address: string): boolean =>
  holds('224.0.0.0/4', address) || holds('ff00::/8', address);

/** True where both are the same address, however they are written. */
export function sameAddress(one: string, other: string): boolean {
  if (one.includes(':') !== other.includes(':')) return false;
  const [a, b] = [parseIp(one), parseIp(other)];
  return a !== null && b !== null && a.family === b.family && a.value === b.value;
}

/** `192.168.15.1`, 24 -> `192.168.15.0/24`; returns any other text unchanged. */
export function networkOf(address: string, bits: number): string {
  const ip = parseIp(address);
  if (ip === null) return `${address}/${bits}`;
  const shift = BigInt(width[ip.family] - bits);
  return `${writeIp({ ...ip, value: (ip.value >> shift) << shift })}/${bits}`;
}

/** An address as text. */
export function writeIp({ family, value }: Ip): string {
  const size = width[family] / 8;
  const bytes = Array.from({ length: size }, (_, at) =>
    Number((value >> BigInt(8 * (size - 1 - at))) & 255n),
  );
  return readAddress(Uint8Array.from(bytes));
}

function parseIpv4(text: string): bigint | null {
  const bytes = text.split('.');
  if (bytes.length !== 4 || !bytes.every((byte) => /^\d{1,3}$/.test(byte) && Number(byte) < 256)) return null;
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function parseIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head, tail] = halves.map((half) => groups(half));
  if (head === null || head === undefined || tail === null) return null;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...Array<bigint>(missing).fill(0n), ...(tail ?? [])];
  return all.reduce((value, group) => (value << 16n) | group, 0n);
}

function groups(half: string): bigint[] | null {
  if (half === '') return [];
  const out: bigint[] = [];
  for (const part of half.split(':')) {
    const dotted = part.includes('.') ? parseIpv4(part) : null;
    if (dotted !== null) out.push(dotted >> 16n, dotted & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) out.push(BigInt(`0x${part}`));
    else return null;
  }
  return out;
}
