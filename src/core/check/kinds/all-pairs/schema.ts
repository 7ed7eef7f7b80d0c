import { z } from 'zod';
import { nodeName } from '../../terms.ts';

/** Every node gets a reply from every other. */
export const schema = z.strictObject({
  /** All that have an address, unless given. */
  nodes: z.array(nodeName).min(2).exactOptional(),
  family: z.enum(['ipv4', 'ipv6']).default('ipv4'),
});
export type Args = z.output<typeof schema>;
