import { BlockList, isIP } from 'node:net';

export function isIPv6(address: string): boolean {
  return isIP(address) === 6;
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
