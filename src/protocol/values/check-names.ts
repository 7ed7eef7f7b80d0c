import { z } from 'zod';
import { recordTypes } from '../../core/check/arguments-names.ts';
import { reasonSchema } from './verdict.ts';

const text = z.string();
const answer = z.union([z.literal('answer'), reasonSchema]);

/** Checks about names, the files that turn them into addresses, and servers. */
export const nameKinds = {
  dns: z.object({
    from: text,
    name: text,
    type: z.enum(recordTypes),
    server: text.exactOptional().describe('Otherwise the servers of the node are asked.'),
    recurse: z.boolean(),
    answer: z.array(text).exactOptional(),
    referral: text.exactOptional().describe('The zone to whose servers the answer refers.'),
    by: text.exactOptional(),
    expect: answer,
    control: z.object({ from: text, name: text, server: text.exactOptional() }).exactOptional(),
  }),
  resolve: z.object({
    from: text,
    name: text,
    address: text.exactOptional(),
    expect: answer,
    control: z.object({ from: text, name: text, server: text.exactOptional() }).exactOptional(),
  }),
  cached: z.object({
    from: text,
    name: text,
    type: z.enum(recordTypes),
    server: text.exactOptional(),
    at: text.describe('The node of the server, where the wire is watched.'),
  }),
  file: z.object({
    on: text,
    hosts: z.object({ address: text, name: text }).exactOptional(),
    nameserver: text.exactOptional(),
    search: text.exactOptional(),
    nsswitch: text.exactOptional(),
    sysctl: z.object({ key: text, value: text }).exactOptional(),
    absent: z.boolean(),
  }),
  listener: z.object({
    on: text,
    protocol: z.enum(['tcp', 'udp']),
    port: z.int(),
    address: text.exactOptional(),
    process: text.exactOptional(),
    absent: z.boolean(),
  }),
  tcp: z.object({
    from: text,
    to: text,
    port: z.int(),
    expect: z.union([z.literal('accepted'), reasonSchema]),
    control: z.object({ from: text, to: text }).exactOptional(),
  }),
};
