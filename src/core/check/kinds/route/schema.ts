import { z } from 'zod';
import { ip, linkName, nodeName } from '../../terms.ts';

/** What the routing table of a node decides for a destination. */
export const schema = z.strictObject({
  on: nodeName,
  to: ip,
  via: ip.exactOptional(),
  dev: linkName.exactOptional(),
  absent: z.boolean().default(false),
});
export type Args = z.output<typeof schema>;
