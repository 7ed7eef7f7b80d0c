import { readAddress, readNumber } from '../../../core/path/recording/bytes.ts';

/** An IPv4 or IPv6 address, as inet_ntop(3) prints it: one of IPv4 within one of IPv6 with its dots. */
export function addressText(bytes: Uint8Array): string {
  const within = bytes.length === 16 && bytes.subarray(0, 10).every((byte) => byte === 0);
  if (!within) return readAddress(bytes);
  const [mark, high] = [readNumber(bytes, 10, 2), readNumber(bytes, 12, 2)];
  if (mark === 0xffff) return `::ffff:${bytes.subarray(12).join('.')}`;
  return mark === 0 && high !== 0 ? `::${bytes.subarray(12).join('.')}` : readAddress(bytes);
}

/** Ethernet's own form, of any length; the address of an IPv4 or IPv6 tunnel's end is that address. */
export function hardwareText(bytes: Uint8Array, device: number): string {
  if (device === ipTunnel || device === greTunnel || device === ip6Tunnel || device === sit)
    if (bytes.length === 4 || bytes.length === 16) return addressText(bytes);
  let text = '';
  for (const byte of bytes) text += `${text === '' ? '' : ':'}${pairs[byte]}`;
  return text;
}

/** Every byte in hexadecimal. */
const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Kinds of devices (linux/if_arp.h). */
const [ipTunnel, ip6Tunnel, sit, greTunnel] = [768, 769, 776, 778];
export const loopback = 772;

/** rtm_scope and ifa_scope; names of Debian's own rt_scopes. */
const scopes: Record<number, string> = { 0: 'global', 200: 'site', 253: 'link', 254: 'host', 255: 'nowhere' };
export const scopeText = (scope: number): string => scopes[scope] ?? String(scope);

/** A type of service, as `ip route` and `ip rule` take it. */
export const tosText = (tos: number): string => `0x${tos.toString(16).padStart(2, '0')}`;

/** rtm_type. */
const routeTypes = [
  ...['none', 'unicast', 'local', 'broadcast', 'anycast', 'multicast', 'blackhole', 'unreachable'],
  ...['prohibit', 'throw', 'nat', 'xresolve'],
];
export const routeTypeText = (type: number): string => routeTypes[type] ?? String(type);

/** NUD states; an entry may have more than one. */
const neighbourStates: [number, string][] = [
  [1, 'INCOMPLETE'],
  [2, 'REACHABLE'],
  [4, 'STALE'],
  [8, 'DELAY'],
  [16, 'PROBE'],
  [32, 'FAILED'],
  [64, 'NOARP'],
  [128, 'PERMANENT'],
];
export const neighbourState = (state: number): string =>
  neighbourStates.find(([bit]) => state & bit)?.[1] ?? 'NONE';

/** The names of getprotobynumber(3), for the protocols that rules match. */
const protocols: Record<number, string> = {
  ...{ 1: 'icmp', 2: 'igmp', 4: 'ipencap', 6: 'tcp', 17: 'udp', 33: 'dccp', 41: 'ipv6', 46: 'rsvp' },
  ...{
    47: 'gre',
    50: 'esp',
    51: 'ah',
    58: 'ipv6-icmp',
    103: 'pim',
    112: 'vrrp',
    132: 'sctp',
    136: 'udplite',
  },
};
export const protocolText = (number: number): string => protocols[number] ?? `ipproto-${number}`;
