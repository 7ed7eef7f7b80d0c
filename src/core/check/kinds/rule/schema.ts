import { z } from 'zod';
import { nodeName } from '../../terms.ts';

/** A rule that means the same to the kernel is in the node's tables. */
export const schema = z.strictObject({
  on: nodeName,
  like: z.string().min(1),
  absent: z.boolean().default(false),
});
export type Args = z.output<typeof schema>;
