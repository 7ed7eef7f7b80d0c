import { z } from 'zod';
import { ip, nodeName, port } from '../../terms.ts';

/** A program waits for packets on a port, and on this address if one is named. */
export const schema = z.strictObject({
  on: nodeName,
  protocol: z.enum(['tcp', 'udp']).default('tcp'),
  port,
  address: ip.exactOptional(),
  process: z.string().min(1).exactOptional(),
  absent: z.boolean().default(false),
});
export type Args = z.output<typeof schema>;
