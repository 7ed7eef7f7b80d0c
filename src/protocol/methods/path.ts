import { z } from 'zod';
import { method } from '../method.ts';
import { nodeArgument, progress, session } from '../values/argument.ts';
import { pathSchema, traceProbeSchema } from '../values/path.ts';
import { verdictSchema } from '../values/verdict.ts';
import { liveMachine } from './common-errors.ts';

const pairEndSchema = z.object({ node: z.string(), address: z.string() });

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
  method({
    name: 'path.pingAll',
    summary: 'Pings every node from every other, and says for what reasons pairs have no reply.',
    params: z.strictObject({
      session,
      nodes: z
        .array(nodeArgument)
        .min(2)
        .max(1200)
        .optional()
        .describe('Names of nodes; all that have an address unless given.'),
      family: z.enum(['ipv4', 'ipv6']).default('ipv4'),
    }),
    result: z.object({
      nodes: z.array(pairEndSchema).describe('The nodes, and the address by which the others call each.'),
      without: z.array(z.string()).describe('Nodes of `nodes` that have no address.'),
      pairs: z.int(),
      replies: z.int(),
      unasked: z
        .int()
        .describe("Pairs that could not be asked: no time, or no room in the VM's table of neighbours."),
      causes: z
        .array(
          z.object({
            verdict: verdictSchema,
            pairs: z.array(z.object({ from: z.string(), to: pairEndSchema })),
          }),
        )
        .describe('The cause of most failures first. Of more than 200 failed pairs, some are looked into.'),
      milliseconds: z.int(),
    }),
    errors: [...liveMachine, 'node-not-found', 'feature-missing'],
  }),
] as const;
