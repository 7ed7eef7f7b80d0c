import type { Link, NodeState } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';

/** The key of a setting that every link has one of; sysctl(8) writes a dot in a link's name as a slash. */
export function settingOf(name: string, link: string, family: 'ipv4' | 'ipv6' = 'ipv4'): string {
  return `net.${family}.conf.${link.replaceAll('.', '/')}.${name}`;
}

/** The setting that keeps IPv6 off a link; `all` is written to every link (addrconf_disable_ipv6). */
export function withoutIpv6({ sysctls }: NodeState, link: string): string | null {
  const [all, own] = [settingOf('disable_ipv6', 'all', 'ipv6'), settingOf('disable_ipv6', link, 'ipv6')];
  if (sysctls[own] !== '1') return null;
  return sysctls[all] === '1' ? all : own;
}

/** Below IPv6's least MTU an interface has no IPv6 and no such address (addrconf_notify, NETDEV_CHANGEMTU). */
export const tooTight = ({ name, mtu }: Link, address: string): Values =>
  address.includes(':') && mtu < 1280 ? { tight: name, tightMtu: String(mtu), wider: '1280' } : {};

/** A setting of which the larger counts, that of `all` or the link's own (IN_DEV_MAXCONF, IN_DEV_ORCONF). */
export function setting(state: NodeState, name: string, link: string): number {
  const of = (one: string) => Number(state.sysctls[settingOf(name, one)] ?? 0);
  return Math.max(of('all'), of(link));
}
