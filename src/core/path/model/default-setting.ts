import type { NodeState } from '../../state/observation.ts';

/**
 * The setting of `default` that has the value wanted of `all`: it counts for interfaces that are made later. Empty where
 * it has not, or where the kernel gives it that value by itself.
 */
export function setForLater({ sysctls }: Pick<NodeState, 'sysctls'>, key: string, value: string): string {
  const all = key === 'net.ipv4.ip_forward' ? 'net.ipv4.conf.all.forwarding' : key;
  const later = all.replace(/^(net\.ipv[46]\.conf)\.all\./, '$1.default.');
  return later !== all && sysctls[later] === value ? later : '';
}
