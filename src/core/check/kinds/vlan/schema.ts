import { z } from 'zod';
import { linkName, nodeName } from '../../terms.ts';

/** A VLAN of a bridge's port, or of the bridge itself. Flags left out are not asked. */
export const schema = z.strictObject({
  on: nodeName,
  dev: linkName,
  id: z.int().min(1).max(4094),
  pvid: z.boolean().exactOptional().describe('Untagged frames that come in belong to it.'),
  untagged: z.boolean().exactOptional().describe('Its frames go out without a tag.'),
  absent: z.boolean().default(false),
});
export type Args = z.output<typeof schema>;
