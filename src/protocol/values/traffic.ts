import { z } from 'zod';
import { type Crossing, type Flow, type FlowEnd, flowVerdicts } from '../../core/traffic/flow.ts';
import { exactly } from '../exactly.ts';

const endSchema = exactly<FlowEnd>()(
  z.object({ address: z.string(), port: z.int().nullable().describe('Of an echo its identifier.') }),
);
const place = { node: z.string(), link: z.string() };

export const flowSchema = exactly<Flow>()(
  z.object({
    number: z.int().min(1),
    protocol: z
      .string()
      .describe('`icmp` (of both families), `tcp`, `udp`, `arp`, `ndp`, or the number of another.'),
    from: z.string().describe('The node where its first packet was seen first.'),
    source: endSchema,
    destination: endSchema,
    translated: z
      .object({ source: endSchema, destination: endSchema })
      .nullable()
      .describe('Its ends where NAT has rewritten them.'),
    packets: z.int().describe('In the sample, both directions.'),
    sampled: z.boolean().describe('There were more packets than hoplab looked at.'),
    verdict: z
      .enum(flowVerdicts)
      .describe('`unanswered`: it arrived, and no reply left there. `dropped`: last seen on its way.'),
    where: z.object(place).nullable().describe('Where it ended, or who refused it.'),
    own: z.boolean().describe('hoplab began it: a check or a trace.'),
    firstAt: z.number(),
    lastAt: z.number(),
  }),
);

export const crossingSchema = exactly<Crossing>()(
  z.object({
    flow: z.int().min(1),
    ...place,
    way: z.enum(['in', 'out']),
    direction: z.enum(['request', 'reply', 'error']),
    packets: z.int().min(1),
    after: z.int().describe('Milliseconds since the first packet of this sample.'),
  }),
);
