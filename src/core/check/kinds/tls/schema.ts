import { z } from 'zod';
import { says } from '../../../text/said.ts';
import { control, expectation, ip, nodeName, port } from '../../terms.ts';

/** A TLS handshake, and the certificate the server shows. */
export const schema = z.strictObject({
  from: nodeName,
  to: ip,
  port: port.default(443),
  name: z
    .string()
    .min(1)
    .max(253)
    .exactOptional()
    .describe('Asked for by SNI, and what the certificate must be for.'),
  trust: z
    .string()
    .startsWith('/', says('expected-whole-path'))
    .exactOptional()
    .describe(
      'A file of the node with the certificates that are trusted; otherwise the signature is not checked.',
    ),
  expect: expectation('accepted').default('accepted'),
  control: control.exactOptional(),
});
export type Args = z.output<typeof schema>;
