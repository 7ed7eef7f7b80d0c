import { z } from 'zod';
import { reasons } from '../../../verdict/reasons.ts';
import { control, ip, nodeName, port } from '../../terms.ts';

/** One TCP connection: accepted, or failed for the one reason it must fail for. */
export const schema = z.strictObject({
  from: nodeName,
  to: ip,
  port,
  expect: z.enum(['accepted', ...reasons]).default('accepted'),
  control: control.exactOptional(),
});
export type Args = z.output<typeof schema>;
