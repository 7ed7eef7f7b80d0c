/** The features of the VM that a lab may require. kernel/doctor/requirements.ts tries each. */
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
  'netem',
  'docker',
  'services',
  'kubernetes',
  'registry',
  'ipset',
  'nftrace',
] as const;
export type FeatureName = (typeof featureNames)[number];
