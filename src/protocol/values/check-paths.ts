import { z } from 'zod';
import { natChains } from '../../core/check/arguments-paths.ts';
import { reasonSchema } from './verdict.ts';

const text = z.string();
const nodes = z.array(text).exactOptional();
const probe = { from: text, to: text, tcp: z.int().exactOptional(), udp: z.int().exactOptional() };

/** Checks about the way a packet takes. */
export const pathKinds = {
  path: z.object({
    ...probe,
    through: nodes.describe('Nodes it passes, in this order.'),
    never: nodes.describe('Nodes it never comes to.'),
    translated: z
      .array(z.object({ at: text, chain: z.enum(natChains) }))
      .exactOptional()
      .describe('Where the request is translated: exactly so often.'),
    source: z.object({ at: text, address: text }).exactOptional(),
    symmetric: z.boolean().exactOptional().describe('The answer takes the same nodes back.'),
    ends: z.object({ at: text, reason: reasonSchema.exactOptional() }).exactOptional(),
    control: z.object({ from: text, to: text }).exactOptional(),
  }),
  nat: z.object({
    ...probe,
    at: text.describe('The node that translates.'),
    source: text.exactOptional(),
    destination: text.exactOptional(),
    port: z.int().exactOptional(),
    seen: text.exactOptional().describe('The source the receiver sees.'),
    like: text.exactOptional().describe('The rule that does it.'),
  }),
};
