import { existsSync, readFileSync } from 'node:fs';
import { AMD64, type Computer } from './computers.ts';

export interface Accelerator {
  kind: 'kvm' | 'tcg';
  /** Why this one, as the run says it. */
  why: string;
  /** How much longer than on a processor of its own things may take. */
  patience: number;
  args: readonly string[];
}

/** A computer that is a VM itself may have /dev/kvm and no flag: qemu opens it, and no kernel runs in it. */
export function chooseAccelerator(device: boolean, cpuinfo: string): Accelerator {
  const flag = /^flags\s*:.*\b(vmx|svm)\b/m.exec(cpuinfo)?.[1];
  if (device && flag !== undefined) {
    return {
      kind: 'kvm',
      why: `KVM: /dev/kvm is there and the processor has ${flag}`,
      patience: 1,
      args: ['-accel', 'kvm', '-cpu', 'host'],
    };
  }
  const lacks = [
    ...(device ? [] : ['there is no /dev/kvm']),
    ...(flag === undefined ? ['the processor shows neither vmx nor svm'] : []),
  ];
  return {
    kind: 'tcg',
    why: `emulation in software (TCG), 10 to 30 times slower than KVM, for ${lacks.join(' and ')}`,
    patience: 6,
    // Nehalem: Node's compiler and qemu's emulation of AVX do not agree (qemu 7.2).
    args: ['-accel', 'tcg,thread=multi', '-cpu', 'Nehalem'],
  };
}

const FOREIGN: Accelerator = {
  kind: 'tcg',
  why: 'emulation in software (TCG), for it is another processor than this one',
  patience: 12,
  // It has atomic instructions, which qemu does at once; older ones repeat a load and a store until both hold.
  args: ['-accel', 'tcg,thread=multi', '-cpu', 'cortex-a76'],
};

export const accelerator = (computer: Computer): Accelerator =>
  computer === AMD64
    ? chooseAccelerator(existsSync('/dev/kvm'), readFileSync('/proc/cpuinfo', 'utf8'))
    : FOREIGN;
