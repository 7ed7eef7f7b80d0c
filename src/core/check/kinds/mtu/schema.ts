import { z } from 'zod';
import { ip, nodeName } from '../../terms.ts';

/** The path MTU: how large the largest packet is that gets from a node to an address without being cut. */
export const schema = z.strictObject({
  from: nodeName,
  to: ip,
  /** Bytes, IP header included, as `ip link` counts them. */
  bytes: z.int().min(68).max(65535),
});
export type Args = z.output<typeof schema>;
