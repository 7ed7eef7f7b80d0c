import { z } from 'zod';
import { natChains } from '../check/arguments-paths.ts';
import { reasons } from '../verdict/reasons.ts';
import { ip, nodeName } from './schema-terms.ts';

/** Kinds of checks about the way a packet takes. */

const port = z.int().min(1).max(65535).optional();
const probe = { from: nodeName, to: ip, tcp: port, udp: port };
const nodes = z.array(nodeName).min(1).optional();
const asked = ['through', 'never', 'translated', 'source', 'symmetric', 'ends'] as const;

export const pathKinds = {
  path: z
    .strictObject({
      ...probe,
      through: nodes,
      never: nodes,
      translated: z.array(z.strictObject({ at: nodeName, chain: z.enum(natChains) })).optional(),
      source: z.strictObject({ at: nodeName, address: ip }).optional(),
      symmetric: z.boolean().optional(),
      ends: z.strictObject({ at: nodeName, reason: z.enum(reasons).optional() }).optional(),
      control: z.strictObject({ from: nodeName, to: ip }).optional(),
    })
    .refine((value) => asked.some((key) => value[key] !== undefined), {
      error: `expected at least one of ${asked.join(', ')}`,
    })
    .refine(({ tcp, udp }) => tcp === undefined || udp === undefined, { error: 'expected `tcp` or `udp`' })
    .refine(({ ends, control }) => ends?.reason === undefined || control !== undefined, {
      error: 'an expected failure needs a control: a ping that must be answered',
    }),
  nat: z
    .strictObject({
      ...probe,
      at: nodeName,
      source: ip.optional(),
      destination: ip.optional(),
      port,
      seen: ip.optional(),
      like: z.string().min(1).optional(),
    })
    .refine(({ source, destination }) => source !== undefined || destination !== undefined, {
      error: 'expected `source`, `destination` or both',
    })
    .refine(({ tcp, udp }) => tcp === undefined || udp === undefined, { error: 'expected `tcp` or `udp`' }),
} as const;
