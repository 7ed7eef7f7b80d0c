import { z } from 'zod';
import { method } from '../method.ts';
import { session } from '../values/argument.ts';
import { flowSchema } from '../values/traffic.ts';
import { oneSession } from './common-errors.ts';

export const trafficMethods = [
  method({
    name: 'traffic.watch',
    summary:
      'The flows that a sample of the packets in the machine shows; their news come as `traffic.seen`. hoplab samples while somebody watches: at most ten times a second some dozen packets of each node, the newest 200 flows.',
    params: z.strictObject({ session }),
    result: z.object({ flows: z.array(flowSchema) }),
    errors: oneSession,
  }),
  method({
    name: 'traffic.unwatch',
    summary: 'No more `traffic.seen` of a session on this connection.',
    params: z.strictObject({ session }),
    result: z.object({}),
    errors: oneSession,
  }),
] as const;
