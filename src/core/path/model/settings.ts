import type { NodeState } from '../../state/observation.ts';

/** The key of a setting that every link has one of; sysctl(8) writes a dot in a link's name as a slash. */
export function settingOf(name: string, link: string, family: 'ipv4' | 'ipv6' = 'ipv4'): string {
  return `net.${family}.conf.${link.replaceAll('.', '/')}.${name}`;
}

/** A setting of which the larger counts, that of `all` or the link's own (IN_DEV_MAXCONF, IN_DEV_ORCONF). */
export function setting(state: NodeState, name: string, link: string): number {
  const of = (one: string) => Number(state.sysctls[settingOf(name, one)] ?? 0);
  return Math.max(of('all'), of(link));
}
