import { z } from 'zod';
import { ip, nodeName, port } from '../../terms.ts';

const protocol = z.enum(['tcp', 'udp', 'icmp', 'icmpv6']);

/**
 * A flow in the connection tracking table of a node. `source`, `destination` and `port` choose it, as its first
 * packet had them; `reply` is the answer's header, which NAT makes other than the mirror image.
 */
export const schema = z.strictObject({
  on: nodeName,
  protocol: protocol.default('tcp'),
  source: ip.exactOptional(),
  destination: ip.exactOptional(),
  port: port.exactOptional(),
  reply: z
    .strictObject({ source: ip.exactOptional(), destination: ip.exactOptional(), port: port.exactOptional() })
    .exactOptional(),
  state: z
    .enum(['SYN_SENT', 'SYN_RECV', 'ESTABLISHED', 'FIN_WAIT', 'CLOSE_WAIT', 'LAST_ACK', 'TIME_WAIT', 'CLOSE'])
    .exactOptional(),
  replied: z.boolean().exactOptional(),
  mark: z.int().min(0).max(0xffffffff).exactOptional(),
  absent: z.boolean().default(false),
});
export type Args = z.output<typeof schema>;
