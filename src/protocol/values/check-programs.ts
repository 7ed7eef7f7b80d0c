import { z } from 'zod';

const text = z.string();

/** Checks about processes and commands. */
export const programKinds = {
  process: z.object({
    on: text,
    pid: z.int().exactOptional(),
    name: text.exactOptional().describe('How its command line begins.'),
    uid: z.int().exactOptional(),
    has: z.array(text).exactOptional().describe('Capabilities it has.'),
    lacks: z.array(text).exactOptional().describe('Capabilities it has not.'),
  }),
  command: z.object({
    on: text,
    run: text,
    as: text.exactOptional().describe('With the rights of the process whose command line begins so.'),
    exit: z.int(),
    output: text.exactOptional().describe('A part of what it prints.'),
    control: text.exactOptional().describe('A command that must succeed with the same rights.'),
  }),
};
