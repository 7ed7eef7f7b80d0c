import { z } from 'zod';
import { ip, linkName, nodeName } from '../../terms.ts';

/** The decision of a node's routing table for a destination. */
export const schema = z.strictObject({
  on: nodeName,
  to: ip,
  via: ip.exactOptional(),
  dev: linkName.exactOptional(),
  absent: z.boolean().default(false),
});
export type Args = z.output<typeof schema>;
