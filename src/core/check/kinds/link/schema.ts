import { z } from 'zod';
import { linkName, nodeName, peerEnd } from '../../terms.ts';

/** A link is where it should be, in the state it should have. Keys left out are not asked. */
export const schema = z.strictObject({
  on: nodeName,
  name: linkName,
  absent: z.boolean().default(false),
  kind: z.string().exactOptional(),
  up: z.boolean().exactOptional(),
  carrier: z.boolean().exactOptional(),
  master: linkName.exactOptional(),
  /** `node:link` of the veth's other end. */
  peer: peerEnd.exactOptional(),
});
export type Args = z.output<typeof schema>;
