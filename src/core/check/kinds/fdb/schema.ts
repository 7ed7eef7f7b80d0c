import { z } from 'zod';
import { ip, linkName, nodeName } from '../../terms.ts';

/**
 * The forwarding entry of a bridge or a VXLAN link for a MAC address: the port, or the tunnel's other end.
 */
export const schema = z.strictObject({
  on: nodeName,
  mac: z
    .string()
    .regex(/^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$/, 'expected a MAC address, such as 02:00:00:00:00:01'),
  dev: linkName.exactOptional(),
  dst: ip.exactOptional(),
  vlan: z.int().min(1).max(4094).exactOptional(),
  absent: z.boolean().default(false),
});
export type Args = z.output<typeof schema>;
