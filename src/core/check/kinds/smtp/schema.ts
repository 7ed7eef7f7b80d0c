import { z } from 'zod';
import { says } from '../../../text/said.ts';
import { control, expectation, ip, nodeName, port } from '../../terms.ts';

const mailbox = z.string().regex(/^[^\s<>@]+@[^\s<>@]+$/, says('expected-mailbox'));

/** One mail handed to a server, and the answer that decides about it (RFC 5321). */
export const schema = z.strictObject({
  from: nodeName,
  to: ip,
  port: port.default(25),
  host: z
    .string()
    .regex(/^[\w.-]+$/, says('expected-host-name'))
    .exactOptional()
    .describe('The name in EHLO; by default the name of the node.'),
  sender: z.union([mailbox, z.literal('')]).describe('The Return-Path; empty in error reports.'),
  recipient: mailbox,
  code: z.int().min(200).max(599).default(250),
  text: z.string().min(1).exactOptional().describe('What the answer contains.'),
  expect: expectation('answer').default('answer'),
  control: control.exactOptional(),
});
export type Args = z.output<typeof schema>;
