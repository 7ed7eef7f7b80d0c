import { z } from 'zod';
import { timeSourceStates } from '../../../probe/services.ts';
import { ip, nodeName } from '../../terms.ts';

const state = z.enum(timeSourceStates);
const states = z
  .union([state, z.array(state).min(1)])
  .transform((one) => [one].flat())
  .pipe(z.array(state));

/** The state of one server in chronyd of a node. */
export const schema = z.strictObject({
  on: nodeName,
  source: ip,
  state: states.exactOptional().describe('One state, or several of which one is enough.'),
  answers: z.boolean().exactOptional().describe('Whether one of the last eight questions was answered.'),
});
export type Args = z.output<typeof schema>;
