import { z } from 'zod';
import { netKey, nodeName, stringOrNumber } from '../../terms.ts';

/** A setting of the node has this value. */
export const schema = z.strictObject({ on: nodeName, key: netKey, value: stringOrNumber });
export type Args = z.output<typeof schema>;
