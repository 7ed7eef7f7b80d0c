import { z } from 'zod';
import { cidr, ip, linkName, nodeName, stringOrNumber } from '../../terms.ts';

const network = z.union([cidr, ip]);

/** A policy rule of a node: of the selectors, a rule must have those that are written and no other. */
export const schema = z.strictObject({
  on: nodeName,
  family: z.enum(['ipv4', 'ipv6']).default('ipv4'),
  priority: z.int().min(0).exactOptional(),
  from: network.exactOptional(),
  to: network.exactOptional(),
  iif: linkName.exactOptional(),
  oif: linkName.exactOptional(),
  mark: z.int().min(0).max(0xffffffff).exactOptional(),
  table: stringOrNumber.exactOptional(),
  action: z.enum(['lookup', 'prohibit', 'unreachable', 'blackhole']).default('lookup'),
  absent: z.boolean().default(false),
});
export type Args = z.output<typeof schema>;
