import { z } from 'zod';
import { timeSourceStates } from '../../../probe/services.ts';
import { ip, nodeName } from '../../terms.ts';

/** What chronyd of a node thinks of one of its servers. */
export const schema = z.strictObject({
  on: nodeName,
  source: ip,
  state: z.enum(timeSourceStates).exactOptional(),
  answers: z.boolean().exactOptional().describe('Whether one of the last eight questions was answered.'),
});
export type Args = z.output<typeof schema>;
