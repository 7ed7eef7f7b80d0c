import { z } from 'zod';
import { recordTypes } from '../check/arguments-names.ts';
import { reasons } from '../verdict/reasons.ts';
import { ip, nodeName } from './schema-terms.ts';

/** Kinds of checks about names, the files that turn them into addresses, and the servers that are asked. */

const name = z
  .string()
  .max(253)
  .regex(/^(\.|[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?)$/, 'expected a name, such as www.google.com');
const outcome = z.enum(['answer', ...reasons], {
  error: 'expected `answer` or a reason; see labs/README.md',
});
const several = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
  .transform((one) => [one].flat());
const port = z.int().min(1).max(65535);
const pingControl = z.strictObject({ from: nodeName, to: ip });

const entries = ['hosts', 'nameserver', 'search', 'nsswitch', 'sysctl'] as const;

export const nameKinds = {
  dns: z.strictObject({
    from: nodeName,
    name,
    type: z.enum(recordTypes).default('A'),
    server: ip.optional(),
    recurse: z.boolean().default(true),
    answer: several.optional(),
    referral: name.optional(),
    by: ip.optional(),
    expect: outcome.default('answer'),
    control: z.strictObject({ from: nodeName, name, server: ip.optional() }).optional(),
  }),
  resolve: z.strictObject({
    from: nodeName,
    name,
    address: ip.optional(),
    expect: outcome.default('answer'),
    control: z.strictObject({ from: nodeName, name }).optional(),
  }),
  cached: z.strictObject({
    from: nodeName,
    name,
    type: z.enum(recordTypes).default('A'),
    server: ip.optional(),
    at: nodeName,
  }),
  file: z
    .strictObject({
      on: nodeName,
      hosts: z.strictObject({ address: ip, name }).optional(),
      nameserver: ip.optional(),
      search: name.optional(),
      nsswitch: z.string().min(1).optional(),
      sysctl: z
        .strictObject({ key: z.string().min(1), value: z.union([z.string(), z.number()]).transform(String) })
        .optional(),
      absent: z.boolean().default(false),
    })
    .refine((value) => entries.filter((entry) => value[entry] !== undefined).length === 1, {
      error: `expected exactly one of ${entries.join(', ')}`,
    }),
  listener: z.strictObject({
    on: nodeName,
    protocol: z.enum(['tcp', 'udp']).default('tcp'),
    port,
    address: ip.optional(),
    process: z.string().min(1).optional(),
    absent: z.boolean().default(false),
  }),
  tcp: z.strictObject({
    from: nodeName,
    to: ip,
    port,
    expect: z.enum(['accepted', ...reasons]).default('accepted'),
    control: pingControl.optional(),
  }),
} as const;
