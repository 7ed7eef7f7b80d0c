import { z } from 'zod';
import { reasons } from '../../../verdict/reasons.ts';
import { control, ip, nodeName } from '../../terms.ts';

/** `expect` is `reply` or the reason for which no reply may come. */
export const schema = z.strictObject({
  from: nodeName,
  to: ip,
  /** Bytes of data, as `ping -s` counts them: 8 for ICMP and 20 for IPv4 come on top. */
  size: z.int().min(0).max(65507).exactOptional(),
  expect: z
    .enum(['reply', ...reasons], { error: 'expected `reply` or a reason; see labs/README.md' })
    .default('reply'),
  control: control.exactOptional(),
});
export type Args = z.output<typeof schema>;
