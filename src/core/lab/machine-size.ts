import { z } from 'zod';
import { says } from '../text/said.ts';

/** The limits of a machine, in MiB: the files of its root (a tmpfs), and all memory, those files included. */
export interface MachineSize {
  root: number;
  memory: number;
  /** Programs that the VM does not have installed, for they would take the place of its own. */
  programs?: 'services';
}

export const usualSize: MachineSize = { root: 64, memory: 512 };

/**
 * The most that a lab may ask for; less than usual would save nothing, because a tmpfs takes only the size of
 * its files.
 */
const most: MachineSize = { root: 2048, memory: 4096 };

const mebibytes = (key: 'root' | 'memory') =>
  z
    .string()
    .regex(/^\d{1,4}M$/, says('expected-mebibytes'))
    .refine((text) => Number.parseInt(text, 10) >= usualSize[key], {
      error: says('size-too-small', { least: `${usualSize[key]}M` }),
    })
    .refine((text) => Number.parseInt(text, 10) <= most[key], {
      error: says('size-too-large', { most: `${most[key]}M` }),
    })
    .optional();

/** `machine: { root: 256M, memory: 768M, programs: services }` of lab.yaml. */
export const machineSizeSchema = z.strictObject({
  root: mebibytes('root'),
  memory: mebibytes('memory'),
  programs: z.literal('services', { error: says('expected-services') }).exactOptional(),
});

export function machineSizeOf({
  root,
  memory,
  ...rest
}: z.infer<typeof machineSizeSchema> = {}): MachineSize {
  const size = (text: string | undefined, usual: number) =>
    text === undefined ? usual : Number.parseInt(text, 10);
  return { root: size(root, usualSize.root), memory: size(memory, usualSize.memory), ...rest };
}

export const isUsual = ({ root, memory, programs }: MachineSize): boolean =>
  root === usualSize.root && memory === usualSize.memory && programs === undefined;
