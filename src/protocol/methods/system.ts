import { z } from 'zod';
import { method } from '../method.ts';
import { findingSchema } from '../values/report.ts';

export const systemMethods = [
  method({
    name: 'system.version',
    summary: 'Versions of the daemon and of its protocol.',
    params: z.strictObject({}),
    result: z.object({ hoplab: z.string(), protocol: z.int() }),
    errors: [],
  }),
  method({
    name: 'system.doctor',
    summary: 'What this machine has and lacks for running labs.',
    params: z.strictObject({}),
    result: z.object({ ok: z.boolean(), findings: z.array(findingSchema) }),
    errors: [],
  }),
  method({
    name: 'system.features',
    summary: 'Names of the features labs can require, as far as this machine has them.',
    params: z.strictObject({}),
    result: z.object({ features: z.array(z.string()) }),
    errors: [],
  }),
] as const;
