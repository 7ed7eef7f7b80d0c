import type { Family } from '../family.ts';
import type { Value } from '../grammar.ts';
import { maskIPv4, prefixIPv4, readIPv4, readMaskIPv4, writeIPv4 } from './ipv4.ts';
import { ALL_ONES, prefixIPv6, readIPv6, readMaskIPv6, writeIPv6 } from './ipv6.ts';

const HOST = /^[A-Za-z0-9_](?:[-A-Za-z0-9_.]*[A-Za-z0-9_.])?$/;
const NUMERIC = /^[0-9.]+$|^0[xX][0-9a-fA-F.xX]*$/;

/** Whether the text can only be an IPv6 address, only an IPv4 one, or either (a host name). */
export function familyOfAddress(text: string): Family | undefined {
  if (text.includes(':')) return 'ipv6';
  return NUMERIC.test(text.split('/', 1)[0] as string) ? 'ipv4' : undefined;
}

const isHostName = (text: string): boolean => text.length <= 255 && !NUMERIC.test(text) && HOST.test(text);

/** A single address or host name, as written. */
export function isHost(text: string): boolean {
  return text.includes(':') ? readIPv6(text) !== undefined : readIPv4(text) !== undefined || isHostName(text);
}

/** An address, network or host name, with a prefix length or a mask, as written. */
export function isNetwork(text: string): boolean {
  const slash = text.indexOf('/');
  if (slash < 0) return isHost(text);
  const mask = text.slice(slash + 1);
  const host = text.slice(0, slash);
  if (!isHost(host)) return false;
  if (host.includes(':')) return readMaskIPv6(mask) !== undefined;
  return readMaskIPv4(mask) !== undefined || (isHostName(host) && readMaskIPv6(mask) !== undefined);
}

/**
 * An address as the kernel's tools print it; a host name stays, because only a resolver knows its meaning.
 */
export function normalHost(text: string): string {
  if (text.includes(':')) {
    const address = readIPv6(text);
    return address === undefined ? text : writeIPv6(address);
  }
  const address = readIPv4(text);
  return address === undefined ? text : writeIPv4(address);
}

/** A network, masked, always with its prefix length (or its mask, where that has holes). */
export function normalNetwork(text: string): string {
  const slash = text.indexOf('/');
  const host = slash < 0 ? text : text.slice(0, slash);
  const written = slash < 0 ? undefined : text.slice(slash + 1);
  if (host.includes(':')) {
    const address = readIPv6(host);
    const mask = written === undefined ? ALL_ONES : readMaskIPv6(written);
    if (address === undefined || mask === undefined) return text;
    return `${writeIPv6(address & mask)}/${prefixIPv6(mask) ?? writeIPv6(mask)}`;
  }
  const address = readIPv4(host);
  const mask = written === undefined ? maskIPv4(32) : readMaskIPv4(written);
  if (address === undefined || mask === undefined) return text;
  return `${writeIPv4((address & mask) >>> 0)}/${prefixIPv4(mask) ?? writeIPv4(mask)}`;
}

/** Whether a normal network holds every address: iptables does not print such a one. */
export const isEverywhere = (network: string): boolean => network === '0.0.0.0/0' || network === '::/0';

/** A single address. */
export const host: Value<string> = {
  words: 1,
  expected: 'an address (10.0.0.1, 2001:db8::1) or a host name',
  read: (text) => (isHost(text) ? text : undefined),
  write: (text) => text,
  normal: normalHost,
};

/** An address with an optional prefix length, which only shows when it is not the full one. */
export const hostOrNetwork: Value<string> = {
  words: 1,
  expected: 'an address or network (10.0.0.0/8, 2001:db8::/32)',
  read: (text) => (isNetwork(text) ? text : undefined),
  write: (text) => text,
  normal: (text) => {
    const slash = text.indexOf('/');
    const address = normalHost(slash < 0 ? text : text.slice(0, slash));
    const prefix = normalNetwork(text).split('/')[1];
    return prefix === undefined || prefix === (address.includes(':') ? '128' : '32')
      ? address
      : `${address}/${prefix}`;
  },
};

/** A network, always printed with its prefix length. */
export const network: Value<string> = { ...hostOrNetwork, normal: normalNetwork };

/** A network without holes in its mask, which NETMAP cannot express. */
export const prefixNetwork: Value<string> = {
  ...network,
  expected: 'a network with a prefix length (10.0.0.0/24)',
  read: (text) => (isNetwork(text) && /^[^/]+(?:\/[0-9]+)?$/.test(normalNetwork(text)) ? text : undefined),
};

/** Addresses from `from` to `to`, both included. */
export interface AddressRange {
  from: string;
  to: string;
}

/** `10.0.0.1-10.0.0.9`, or one address. */
export function readAddressRange(text: string): AddressRange | undefined {
  const dash = text.indexOf('-');
  const from = dash < 0 ? text : text.slice(0, dash);
  const to = dash < 0 ? text : text.slice(dash + 1);
  const known = (t: string) => (t.includes(':') ? readIPv6(t) : readIPv4(t)) !== undefined;
  return known(from) && known(to) && familyOfAddress(from) === familyOfAddress(to) ? { from, to } : undefined;
}

/** A range that is printed in full even when it holds one address. */
export const addressRange: Value<AddressRange> = {
  words: 1,
  expected: 'an address range such as 10.0.0.1-10.0.0.9',
  read: readAddressRange,
  write: ({ from, to }) => `${from}-${to}`,
  normal: ({ from, to }) => ({ from: normalHost(from), to: normalHost(to) }),
};
