import { z } from 'zod';
import { recordType } from '../../record-types.ts';
import { dnsName, expectation, ip, nodeName, several } from '../../terms.ts';

/** One query, as dig sends it: no hosts file, no search list. */
export const schema = z.strictObject({
  from: nodeName,
  name: dnsName,
  type: recordType.default('A'),
  server: ip.exactOptional().describe("Otherwise the servers of the node's /etc/resolv.conf are asked."),
  /** `false`: the server is to answer only from its own data (RD bit clear, RFC 1035 4.1.1). */
  recurse: z.boolean().default(true),
  /** Data of the records asked for, all of them among the answer's. */
  answer: several.exactOptional(),
  referral: dnsName.exactOptional().describe('The zone to whose servers the answer refers.'),
  /** The address the answer comes from. */
  by: ip.exactOptional(),
  expect: expectation('answer').default('answer'),
  control: z.strictObject({ from: nodeName, name: dnsName, server: ip.exactOptional() }).exactOptional(),
});
export type Args = z.output<typeof schema>;
