import { z } from 'zod';
import { says } from '../../../text/said.ts';
import { ip, linkName, nodeName } from '../../terms.ts';

/**
 * The forwarding entry of a bridge or a VXLAN link for a MAC address: the port, or the tunnel's other end.
 */
export const schema = z.strictObject({
  on: nodeName,
  mac: z.string().regex(/^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$/, says('expected-mac')),
  dev: linkName.exactOptional(),
  dst: ip.exactOptional(),
  vlan: z.int().min(1).max(4094).exactOptional(),
  absent: z.boolean().default(false),
});
export type Args = z.output<typeof schema>;
