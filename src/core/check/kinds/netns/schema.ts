import { z } from 'zod';
import { nodeName } from '../../terms.ts';

/** The named network namespace exists (or, `absent`, does not). */
export const schema = z.strictObject({ name: nodeName, absent: z.boolean().default(false) });
export type Args = z.output<typeof schema>;
