import { inCidr, ofFamily } from './networks.ts';
import type { ProxyOptions } from './options.ts';

/** The addresses of the node that take node ports; null: all of them. */
export function takingNodePorts(options: ProxyOptions): string[] | null {
  const cidrs = chosen(options);
  return cidrs === null
    ? null
    : options.nodeAddresses.filter((address) => cidrs.some((cidr) => inCidr(address, cidr)));
}

/** Node ports on 127.0.0.1, which need route_localnet and a rule against packets from outside to it. */
export function servesLocalhost(options: ProxyOptions): boolean {
  if (options.family === 'ipv6' || !options.localhostNodePorts) return false;
  const loopback = (cidr: string) => inCidr('127.0.0.0', cidr) || cidr.startsWith('127.');
  return chosen(options)?.some(loopback) ?? true;
}

/** Networks of the other family choose nothing (1.20 does not look at the family). */
function chosen({ form, family, nodePortAddresses }: ProxyOptions): string[] | null {
  const own = nodePortAddresses.filter((cidr) => form === '1.20' || ofFamily(cidr, family));
  return own.length === 0 || own.some((cidr) => cidr.endsWith('/0')) ? null : own;
}
