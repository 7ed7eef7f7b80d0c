import { readInteger } from './integer.ts';

/**
 * An IPv4 address as libxtables reads it (`xtables_numeric_to_ipaddr`): each part may be octal or hexadecimal,
 * and missing parts at the end are zero (`10` is 10.0.0.0).
 */
export function readIPv4(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length > 4) return undefined;
  let address = 0;
  for (let i = 0; i < 4; i++) {
    const byte = i < parts.length ? readInteger(parts[i] as string, 255) : 0;
    if (byte === undefined) return undefined;
    address = address * 256 + byte;
  }
  return address;
}

export const writeIPv4 = (address: number): string =>
  `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;

/** The netmask of a prefix length. */
export const maskIPv4 = (prefix: number): number => (prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0);

/** The prefix length of a netmask, or undefined for a mask with holes. */
export function prefixIPv4(mask: number): number | undefined {
  const prefix = Math.clz32(~mask >>> 0);
  return maskIPv4(prefix) === mask ? prefix : undefined;
}

/** `24` or `255.255.255.0`. */
export function readMaskIPv4(text: string): number | undefined {
  const prefix = readInteger(text, 32);
  if (prefix !== undefined) return maskIPv4(prefix);
  return text.split('.').length === 4 ? readIPv4(text) : undefined;
}
