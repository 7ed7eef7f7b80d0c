/** What qemu emulates a computer as. */
export interface Computer {
  qemu: string;
  machine: string;
  /** The kernel's name of its serial port. */
  console: string;
}

export const AMD64: Computer = { qemu: 'qemu-system-x86_64', machine: 'q35', console: 'ttyS0' };
export const ARM64: Computer = { qemu: 'qemu-system-aarch64', machine: 'virt', console: 'ttyAMA0' };
