import { z } from 'zod';
import { tells } from '../check/kinds/distribution/shares.ts';
import { reasons } from '../verdict/reasons.ts';
import { ip, nodeName } from './schema-terms.ts';

/** Kinds of checks about a service behind one address. */

const most = 5000;
const backend = z.string().min(1).max(64);
const weights = z.record(backend, z.int().min(0).max(1000));
const equal = z.array(backend).transform((names) => Object.fromEntries(names.map((name) => [name, 1])));

const name = z.string().min(1).max(253);

export const serviceKinds = {
  tls: z.strictObject({
    from: nodeName,
    to: ip,
    port: z.int().min(1).max(65535).default(443),
    name: name.optional(),
    trust: z.string().startsWith('/', 'expected the whole path of a file').optional(),
    expect: z.enum(['accepted', ...reasons]).default('accepted'),
    control: z.strictObject({ from: nodeName, to: ip }).optional(),
  }),
  distribution: z
    .strictObject({
      from: nodeName,
      url: z.url({ protocol: /^http$/ }),
      backends: z.union([equal, weights]),
      spread: z.enum(['shares', 'every', 'one']).default('shares'),
      requests: z.int().min(1).max(most).default(2000),
      header: z.string().min(1).optional(),
      falseAlarm: z.number().gt(0).max(0.001).default(1e-6),
    })
    .refine(({ backends }) => Object.values(backends).filter((weight) => weight > 0).length > 1, {
      error: 'expected two backends or more',
    })
    .superRefine((value, context) => {
      if (Object.values(value.backends).some((weight) => weight > 0) && !tells(value)) {
        context.addIssue({ code: 'custom', path: ['requests'], message: tooFew(value.falseAlarm) });
      }
    }),
} as const;

const tooFew = (falseAlarm: number) => `too few requests to be sure with a false alarm of ${falseAlarm}`;
