import { AMD64, ARM64, type Computer } from './computers.ts';

/** What a VM is made of. Ubuntu's packages come from Ubuntu's own archive: give its address with --mirror. */
export interface System {
  suite: string;
  computer: Computer;
  kernel: string;
  /** What a stock image of it has besides, and what the cases here need. */
  packages: readonly string[];
}

const COMMON = [
  'apparmor',
  'ca-certificates',
  'dbus',
  'ifupdown',
  'isc-dhcp-client',
  'nftables',
  'openssh-server',
  'rsync',
  'sudo',
  'systemd-sysv',
  'udev',
  'wireguard-tools',
];

export const SYSTEMS = {
  debian13: {
    suite: 'trixie',
    computer: AMD64,
    kernel: 'linux-image-amd64',
    packages: [...COMMON, 'linux-sysctl-defaults'],
  },
  debian12: { suite: 'bookworm', computer: AMD64, kernel: 'linux-image-amd64', packages: COMMON },
  'debian13-arm64': {
    suite: 'trixie',
    computer: ARM64,
    kernel: 'linux-image-arm64',
    // busybox: the initrd's only program (foreign.ts).
    packages: [...COMMON, 'linux-sysctl-defaults', 'busybox-static'],
  },
} as const satisfies Record<string, System>;

export type SystemName = keyof typeof SYSTEMS;

export const isSystem = (name: string): name is SystemName => Object.hasOwn(SYSTEMS, name);
