import { z } from 'zod';
import { control, expectation, ip, nodeName } from '../../terms.ts';

/** One question to a time server: answered with the right time, or failed for the one reason it must fail for. */
export const schema = z.strictObject({
  from: nodeName,
  to: ip,
  offset: z.number().exactOptional().describe('Seconds by which the server is ahead of the asking node.'),
  within: z.number().positive().default(1).describe('Seconds that `offset` may be off.'),
  stratum: z.int().min(1).max(15).exactOptional(),
  expect: expectation('answer').default('answer'),
  control: control.exactOptional(),
});
export type Args = z.output<typeof schema>;
