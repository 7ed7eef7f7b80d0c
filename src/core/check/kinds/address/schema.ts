import { z } from 'zod';
import { cidr, linkName, nodeName } from '../../terms.ts';

/** An address with its prefix length, on a link if one is named. */
export const schema = z.strictObject({
  on: nodeName,
  address: cidr,
  dev: linkName.exactOptional(),
  absent: z.boolean().default(false),
});
export type Args = z.output<typeof schema>;
