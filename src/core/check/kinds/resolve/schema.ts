import { z } from 'zod';
import { dnsName, expectation, ip, nodeName } from '../../terms.ts';

/**
 * The address that a program such as ping gets for a name: nsswitch.conf(5) decides which sources are asked.
 */
export const schema = z.strictObject({
  from: nodeName,
  name: dnsName,
  address: ip.exactOptional(),
  libc: z
    .enum(['glibc', 'musl'])
    .default('glibc')
    .describe('The C library of the program: Debian has glibc, Alpine musl.'),
  prompt: z
    .boolean()
    .exactOptional()
    .describe('No question for the one or the other family may stay unanswered.'),
  expect: expectation('answer').default('answer'),
  control: z.strictObject({ from: nodeName, name: dnsName }).exactOptional(),
});
export type Args = z.output<typeof schema>;
