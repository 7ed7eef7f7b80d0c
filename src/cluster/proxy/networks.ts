import { BlockList, isIP } from 'node:net';

export function isIPv6(address: string): boolean {
  return isIP(address) === 6;
}

/** In the one form that rules and hashes have: IPv4 without zeros in front, IPv6 compressed; null: no address. */
export function plainAddress(text: string): string | null {
  if (isIPv6(text)) return new URL(`http://[${text}]`).hostname.slice(1, -1);
  const plain = /^\d+(\.\d+){3}$/.test(text) ? text.split('.').map(Number).join('.') : '';
  return isIP(plain) === 4 ? plain : null;
}

export function plainNetwork(text: string): string | null {
  const [network = '', length] = text.split('/');
  const address = plainAddress(network);
  return address === null || length === undefined ? null : `${address}/${Number(length)}`;
}

export function ofFamily(address: string, family: 'ipv4' | 'ipv6'): boolean {
  return isIP(address.split('/')[0] ?? '') === (family === 'ipv6' ? 6 : 4);
}

export function inCidr(address: string, cidr: string): boolean {
  const [network = '', length] = cidr.split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  if (length === undefined || !ofFamily(address, family) || !ofFamily(network, family)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(length), family);
  return list.check(address, family);
}
