import { z } from 'zod';
import { recordType } from '../../record-types.ts';
import { dnsName, ip, nodeName } from '../../terms.ts';

/** A query that a server at the node `at` has just answered is answered without another packet to others. */
export const schema = z.strictObject({
  from: nodeName,
  name: dnsName,
  type: recordType.default('A'),
  server: ip.exactOptional(),
  at: nodeName.describe('The node of the server, where the wire is watched.'),
});
export type Args = z.output<typeof schema>;
