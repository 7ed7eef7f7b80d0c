import { z } from 'zod';
import type { Check, CheckArguments, CheckKind } from '../../core/check/check.ts';
import { exactly } from '../exactly.ts';
import { nameKinds } from './check-names.ts';
import { pathKinds } from './check-paths.ts';
import { programKinds } from './check-programs.ts';
import { serviceKinds } from './check-services.ts';
import { reasonSchema } from './verdict.ts';

const control = z.object({ from: z.string(), to: z.string() }).exactOptional();

/** The questions a lab can ask; `kind` says which. */
const kinds = {
  netns: z.object({ name: z.string(), absent: z.boolean() }),
  link: z.object({
    on: z.string(),
    name: z.string(),
    absent: z.boolean(),
    kind: z.string().exactOptional(),
    up: z.boolean().exactOptional(),
    carrier: z.boolean().exactOptional(),
    master: z.string().exactOptional(),
    peer: z.string().exactOptional(),
  }),
  address: z.object({
    on: z.string(),
    address: z.string(),
    dev: z.string().exactOptional(),
    absent: z.boolean(),
  }),
  route: z.object({
    on: z.string(),
    to: z.string(),
    via: z.string().exactOptional(),
    dev: z.string().exactOptional(),
    absent: z.boolean(),
  }),
  neighbour: z.object({ on: z.string(), address: z.string(), absent: z.boolean() }),
  sysctl: z.object({ on: z.string(), key: z.string(), value: z.string() }),
  rule: z.object({ on: z.string(), like: z.string(), absent: z.boolean() }),
  ping: z.object({
    from: z.string(),
    to: z.string(),
    expect: z.union([z.literal('reply'), reasonSchema]),
    control,
  }),
  http: z.object({
    from: z.string(),
    url: z.string(),
    expect: z.union([z.literal('answer'), reasonSchema]),
    status: z.int(),
    body: z.string().exactOptional(),
    client: z.string().exactOptional(),
    control,
  }),
  seen: z.object({ from: z.string(), to: z.string(), at: z.string(), source: z.string() }),
  ...pathKinds,
  ...programKinds,
  ...nameKinds,
  ...serviceKinds,
} satisfies { [K in CheckKind]: z.ZodType<CheckArguments[K]> };

function checkOf<K extends CheckKind>(kind: K) {
  return z.object({
    id: z.string(),
    kind: z.literal(kind),
    args: kinds[kind],
    needs: z.array(z.string()).describe('Checks of the same step that must pass first.'),
    until: z.string().nullable().describe('The step from which on this is no longer asked.'),
  });
}

export const checkSchema = exactly<Check>()(
  z.discriminatedUnion('kind', [
    checkOf('netns'),
    checkOf('link'),
    checkOf('address'),
    checkOf('route'),
    checkOf('neighbour'),
    checkOf('sysctl'),
    checkOf('rule'),
    checkOf('ping'),
    checkOf('http'),
    checkOf('seen'),
    checkOf('process'),
    checkOf('command'),
    checkOf('dns'),
    checkOf('resolve'),
    checkOf('cached'),
    checkOf('file'),
    checkOf('listener'),
    checkOf('tcp'),
    checkOf('path'),
    checkOf('nat'),
    checkOf('distribution'),
    checkOf('tls'),
  ]),
);
