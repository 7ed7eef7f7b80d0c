import { z } from 'zod';
import { ip, nodeName } from '../../terms.ts';

/** A ping from one node, and the source address it has when it arrives at another. */
export const schema = z.strictObject({ from: nodeName, to: ip, at: nodeName, source: ip });
export type Args = z.output<typeof schema>;
