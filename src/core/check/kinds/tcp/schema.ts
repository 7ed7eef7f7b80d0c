import { z } from 'zod';
import { control, expectation, ip, nodeName, port } from '../../terms.ts';

/** One TCP connection: accepted, or failed for the one reason it must fail for. */
export const schema = z.strictObject({
  from: nodeName,
  to: ip,
  port,
  expect: expectation('accepted').default('accepted'),
  control: control.exactOptional(),
});
export type Args = z.output<typeof schema>;
