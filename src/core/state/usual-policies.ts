import type { PolicyRule } from './observation.ts';

/** The kernel's own rules; IPv6 has no table `default`. */
export const usual: Record<PolicyRule['family'], [number, string][]> = {
  ipv4: [
    [0, 'local'],
    [32766, 'main'],
    [32767, 'default'],
  ],
  ipv6: [
    [0, 'local'],
    [32766, 'main'],
  ],
};

/** Whether it is one of those the kernel makes. */
export function isUsual({ family, priority, text }: PolicyRule): boolean {
  return usual[family].some(([number, table]) => number === priority && text.endsWith(` lookup ${table}`));
}
