import { z } from 'zod';
import { control, echoSize, expectation, ip, nodeName } from '../../terms.ts';

/** `expect` is `reply` or the reason for which no reply may come. */
export const schema = z.strictObject({
  from: nodeName,
  to: ip,
  size: echoSize.exactOptional(),
  expect: expectation('reply').default('reply'),
  control: control.exactOptional(),
});
export type Args = z.output<typeof schema>;
