import { z } from 'zod';
import { method } from '../method.ts';
import { nodeArgument, progress, session } from '../values/argument.ts';
import { pathSchema, traceProbeSchema } from '../values/path.ts';
import { liveMachine } from './common-errors.ts';

export const pathMethods = [
  method({
    name: 'path.trace',
    summary:
      'Sends one probe and follows it and its answer through every node: hops, rules, NAT, and where and why it ended. Hops come as `path.hop` while they happen.',
    params: z.strictObject({
      session,
      from: nodeArgument,
      to: z
        .string()
        .min(1)
        .max(253)
        .optional()
        .describe("An address, a node, or a name; the host of the probe's URL unless given."),
      probe: traceProbeSchema.default({ kind: 'icmp' }),
      pcapng: z.boolean().default(false).describe('Also everything captured, as a pcapng file.'),
      progress,
    }),
    result: z.object({
      path: pathSchema,
      milliseconds: z.int(),
      pcapng: z.string().nullable().describe('In base64; null unless asked for.'),
    }),
    errors: [...liveMachine, 'node-not-found', 'argument-invalid', 'feature-missing'],
  }),
] as const;
