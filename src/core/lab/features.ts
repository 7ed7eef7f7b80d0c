/** What a lab may require of the VM. The kernel's side tries each (kernel/doctor/requirements.ts). */
export const featureNames = [
  'netns',
  'veth',
  'bridge',
  'filter',
  'nat',
  'conntrack',
  'nat6',
  'bridge-netfilter',
  'vxlan',
  'vlan',
  'dummy',
  'ipvs',
  'netem',
  'docker',
  'services',
  'kubernetes',
  'ipset',
  'nftrace',
] as const;
export type FeatureName = (typeof featureNames)[number];
