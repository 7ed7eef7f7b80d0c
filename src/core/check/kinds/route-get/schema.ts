import { z } from 'zod';
import { ip, linkName, nodeName, stringOrNumber } from '../../terms.ts';

/**
 * The kernel's routing decision for a packet, from `ip rule` and every table: `from` is its source, `iif` the
 * link it comes in by (without it the node itself sends), `mark` its mark. A source that is not the node's
 * own needs `iif`.
 */
export const schema = z.strictObject({
  on: nodeName,
  to: ip,
  from: ip.exactOptional(),
  iif: linkName.exactOptional(),
  mark: z.int().min(0).max(0xffffffff).exactOptional(),
  via: ip.exactOptional(),
  dev: linkName.exactOptional(),
  /** The table whose route decides; `main` unless another is named by the kernel. */
  table: stringOrNumber.exactOptional(),
  absent: z.boolean().default(false),
});
export type Args = z.output<typeof schema>;
