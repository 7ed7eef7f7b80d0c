import { z } from 'zod';
import { netKey, nodeName, sysctlValue } from '../../terms.ts';

/** A setting of the node has this value. */
export const schema = z.strictObject({ on: nodeName, key: netKey, value: sysctlValue });
export type Args = z.output<typeof schema>;
