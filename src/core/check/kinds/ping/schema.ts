import { z } from 'zod';
import { reasons } from '../../../verdict/reasons.ts';
import { control, echoSize, ip, nodeName } from '../../terms.ts';

/** `expect` is `reply` or the reason for which no reply may come. */
export const schema = z.strictObject({
  from: nodeName,
  to: ip,
  size: echoSize.exactOptional(),
  expect: z
    .enum(['reply', ...reasons], { error: 'expected `reply` or a reason; see labs/README.md' })
    .default('reply'),
  control: control.exactOptional(),
});
export type Args = z.output<typeof schema>;
