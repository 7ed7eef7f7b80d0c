import { z } from 'zod';
import { control, expectation, ip, nodeName } from '../../terms.ts';

/** One HTTP request. */
export const schema = z.strictObject({
  from: nodeName,
  url: z.url({ protocol: /^http$/ }),
  expect: expectation('answer').default('answer'),
  status: z.int().default(200),
  /** Text the body contains. */
  body: z.string().exactOptional(),
  /** The client's address as the server sees it. */
  client: ip.exactOptional(),
  control: control.exactOptional(),
});
export type Args = z.output<typeof schema>;
