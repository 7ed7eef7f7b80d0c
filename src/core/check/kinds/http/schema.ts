import { z } from 'zod';
import { says } from '../../../text/said.ts';
import { control, expectation, ip, nodeName } from '../../terms.ts';

/** One HTTP request. */
export const schema = z.strictObject({
  from: nodeName,
  url: z.url({ protocol: /^http$/, error: says('expected-url') }),
  expect: expectation('answer').default('answer'),
  status: z.int().default(200),
  /** Text the body contains. */
  body: z.string().exactOptional(),
  /** The client's address as the server sees it. */
  client: ip.exactOptional(),
  control: control.exactOptional(),
});
export type Args = z.output<typeof schema>;
