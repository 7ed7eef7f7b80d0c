import { z } from 'zod';
import { identifier } from '../../core/check/terms.ts';
import { method } from '../method.ts';
import { nodeArgument, session } from '../values/argument.ts';
import { observationSchema } from '../values/observation.ts';
import { liveMachine } from './common-errors.ts';

export const topologyMethods = [
  method({
    name: 'topology.get',
    summary:
      'What the kernel has now: nodes, links with both ends, addresses, routes, neighbours, rules, listeners.',
    params: z.strictObject({
      session,
      shared: z
        .boolean()
        .optional()
        .describe(
          'A look that began after the last `topology.changed` is enough, for instance that of a check. Otherwise the kernel is asked anew.',
        ),
    }),
    result: observationSchema,
    errors: [...liveMachine, 'feature-missing'],
  }),
  method({
    name: 'topology.export',
    summary:
      'The network as files that make it again: a lab that starts with it, a shell script, or a topology file of containerlab. `left` is what no such file can have.',
    params: z.strictObject({
      session,
      as: z.enum(['lab', 'script', 'containerlab']),
      name: identifier.max(40).describe('Id of the lab, and name of the files.'),
      title: z
        .string()
        .min(1)
        .max(80)
        .regex(/^[^\n\r\0]*$/)
        .optional()
        .describe('`name` unless given.'),
    }),
    result: z.object({
      files: z.record(z.string(), z.string()).describe('Name -> text.'),
      left: z.array(
        z.object({
          node: z.string(),
          kind: z.enum(['node', 'link', 'listener', 'nftables']),
          name: z.string(),
        }),
      ),
    }),
    errors: [...liveMachine, 'node-not-found', 'feature-missing'],
  }),
  method({
    name: 'topology.expose',
    summary:
      "Gives nodes a name among the VM's own network namespaces, for its own tools (`ip netns exec NAME ...`). The names go with the node, and when the machine ends or is replaced.",
    params: z.strictObject({ session, node: nodeArgument.optional().describe('All nodes unless given.') }),
    result: z.object({
      handles: z.array(
        z.object({
          node: z.string(),
          name: z.string().describe('`hoplab.SESSION.NODE`'),
          file: z.string().describe('What `nsenter --net=FILE` takes.'),
        }),
      ),
    }),
    errors: [...liveMachine, 'node-not-found', 'machine-failed', 'argument-invalid'],
  }),
] as const;
