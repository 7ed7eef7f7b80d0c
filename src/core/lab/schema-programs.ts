import { z } from 'zod';
import { capabilities } from '../state/capabilities.ts';
import { nodeName } from './schema-terms.ts';

/** Kinds of checks about processes and commands. */

const rights = z.array(
  z.enum(capabilities, { error: 'expected a capability of capabilities(7), such as net_admin' }),
);

export const programKinds = {
  process: z
    .strictObject({
      on: nodeName,
      pid: z.int().min(1).optional(),
      name: z.string().min(1).optional(),
      uid: z.int().min(0).optional(),
      has: rights.optional(),
      lacks: rights.optional(),
    })
    .refine(({ pid, name }) => pid !== undefined || name !== undefined, {
      error: 'expected `pid`, `name` or both',
    }),
  command: z
    .strictObject({
      on: nodeName,
      run: z.string().min(1),
      as: z.string().min(1).optional(),
      exit: z.int().min(0).max(255).default(0),
      output: z.string().min(1).optional(),
      control: z.string().min(1).optional(),
    })
    .refine(({ exit, output, control }) => exit === 0 || (output !== undefined && control !== undefined), {
      error: 'a command that must fail needs `output`, the reason it gives, and a `control`',
    }),
} as const;
