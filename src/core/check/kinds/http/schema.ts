import { z } from 'zod';
import { reasons } from '../../../verdict/reasons.ts';
import { control, ip, nodeName } from '../../terms.ts';

/** One HTTP request. */
export const schema = z.strictObject({
  from: nodeName,
  url: z.url({ protocol: /^http$/ }),
  expect: z.enum(['answer', ...reasons]).default('answer'),
  status: z.int().default(200),
  /** Text the body contains. */
  body: z.string().exactOptional(),
  /** Address the server says it saw as the client. */
  client: ip.exactOptional(),
  control: control.exactOptional(),
});
export type Args = z.output<typeof schema>;
