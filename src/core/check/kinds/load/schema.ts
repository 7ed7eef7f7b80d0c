import { z } from 'zod';
import { says } from '../../../text/said.ts';
import { control, dnsName, expectation, ip, nodeName, port } from '../../terms.ts';

const part = z.number().min(0).max(1);

/** Many queries to a name server, and how many are lost; how it compares with another way to the same server. */
export const schema = z
  .strictObject({
    from: nodeName,
    to: ip,
    port: port.default(53),
    protocol: z.enum(['udp', 'tcp']).default('udp'),
    name: dnsName,
    type: z
      .string()
      .regex(/^[A-Z]+$/, says('expected-record-type'))
      .default('A'),
    queries: z.int().min(100).max(5000).default(500).describe('How many queries one run sends.'),
    runs: z.int().min(1).max(10).default(6).describe('At least 4 where two ways are compared.'),
    clients: z.int().min(1).max(500).default(10).describe('Sockets, each with a source port of its own.'),
    offered: z
      .int()
      .min(50)
      .max(5000)
      .exactOptional()
      .describe('Queries per second; by default as fast as possible.'),
    lost: part.default(0).describe('The part of the queries that may stay without an answer.'),
    against: ip.exactOptional().describe('Another address, asked in turn with the first in the same runs.'),
    rate: part.gt(0).exactOptional().describe('The rate must be at least this part of that of `against`.'),
    latency: z
      .number()
      .min(1)
      .max(1000)
      .exactOptional()
      .describe('The latency must be at most this many times that of `against`.'),
    expect: expectation('answer').default('answer'),
    control: control.exactOptional(),
  })
  .refine(({ against, rate, latency }) => against !== undefined || (rate ?? latency) === undefined, {
    error: says('needs-against'),
  })
  .refine(({ runs, rate, latency }) => runs >= 4 || (rate ?? latency) === undefined, {
    path: ['runs'],
    error: says('too-few-runs'),
  });
export type Args = z.output<typeof schema>;
