import { z } from 'zod';
import { ip, nodeName } from '../../terms.ts';

/** The node knows (or, `absent`, does not know) the neighbour's MAC address. */
export const schema = z.strictObject({ on: nodeName, address: ip, absent: z.boolean().default(false) });
export type Args = z.output<typeof schema>;
