import { z } from 'zod';
import { says } from '../../../text/said.ts';
import { nodeName, text } from '../../terms.ts';

/** A command, run as a learner would run it or, with `as`, with the rights of a process that runs there. */
export const schema = z
  .strictObject({
    on: nodeName,
    run: z.string().min(1),
    as: z
      .string()
      .min(1)
      .exactOptional()
      .describe('Run with the rights of the process whose command line begins so.'),
    exit: z.int().min(0).max(255).default(0),
    output: z.string().min(1).exactOptional().describe('A part of what it prints.'),
    means: text.exactOptional().describe('What the command asks, as a learner says it.'),
    control: z.string().min(1).exactOptional().describe('A command that must succeed with the same rights.'),
  })
  .refine(({ exit, output, control }) => exit === 0 || (output !== undefined && control !== undefined), {
    error: says('failure-needs-output'),
  });
export type Args = z.output<typeof schema>;
