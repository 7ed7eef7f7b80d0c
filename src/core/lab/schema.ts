import { z } from 'zod';
import type { CheckKind } from '../check/check.ts';
import { kinds } from '../check/kinds/index.ts';
import {
  cidr,
  identifier,
  linkName,
  netKey,
  nodeName,
  oneLine,
  stringOrNumber,
  text,
} from '../check/terms.ts';
import { reasons } from '../verdict/reasons.ts';
import { services } from './lab.ts';
import { machineSizeSchema } from './machine-size.ts';
import { predictionSchema } from './schema-predict.ts';

/** The shape of `lab.yaml`. References between its parts are checked in references.ts. */

const end = z
  .string()
  .regex(
    /^[^:\s]+:[^:\s]+( \S+)*$/,
    'expected `node:link`, then addresses, such as `red:eth0 192.168.1.2/24`',
  );
const line = z.union([z.string().min(1), z.strictObject({ on: nodeName, run: z.string().min(1) })], {
  error: 'expected a command, or `{ on: node, run: command }`',
});
const sysctls = z.record(netKey, stringOrNumber);

const node = z.strictObject({
  kind: z.enum(['host', 'netns']).default('netns'),
  title: text.optional(),
  service: z.enum(services).optional(),
  sysctls: sysctls.optional(),
  routes: z.array(oneLine).optional(),
  run: z.array(z.string().min(1)).optional(),
});
/** `host`, the machine itself, may be named to give it services, sysctls or routes; its kind is given. */
const nodes = z.record(nodeName, node.nullable());

const bridge = z.strictObject({
  node: nodeName.default('host'),
  address: z.union([cidr, z.array(cidr)]).optional(),
});

const link = z.strictObject({
  ends: z.tuple([end, end]),
  master: linkName.optional(),
});

/** One key per kind of check; exactly one is given. */
const anyKind = Object.fromEntries(
  Object.entries(kinds).map(([kind, { schema }]) => [kind, schema.optional()]),
) as { [K in CheckKind]: z.ZodOptional<(typeof kinds)[K]['schema']> };

const check = z
  .strictObject({
    id: identifier,
    needs: z.array(identifier).optional(),
    until: identifier.optional(),
    ...anyKind,
  })
  .refine((value) => Object.keys(kinds).filter((kind) => kind in value).length === 1, {
    error: `expected exactly one of ${Object.keys(kinds).join(', ')}`,
  });

const fault = z.strictObject({
  id: identifier,
  /** Solution lines (counted from 1) typed otherwise, or left out. */
  change: z
    .array(
      z.strictObject({
        line: z.int().min(1),
        run: z.string().min(1).nullable(),
        refused: z.boolean().default(false),
      }),
    )
    .min(1),
  fails: identifier,
  reason: z.enum(reasons),
});

const step = z.strictObject({
  id: identifier,
  solution: z.array(line).min(1),
  checks: z.array(check).min(1),
  predict: z.array(predictionSchema(anyKind)).default([]),
  faults: z.array(fault).default([]),
});

export const labSchema = z.strictObject({
  hoplab: z.literal(1, { error: 'expected `hoplab: 1`, the version of this format' }),
  id: identifier,
  title: text,
  summary: text,
  documents: z.array(z.strictObject({ file: z.string(), section: z.string() })).default([]),
  minutes: z.int().min(1),
  prerequisites: z.array(identifier).default([]),
  requires: z.array(identifier).default([]),
  machine: machineSizeSchema.optional(),
  topology: z.strictObject({
    nodes: nodes.default({}),
    bridges: z.record(linkName, bridge).default({}),
    links: z.array(link).default([]),
  }),
  steps: z.array(step).min(1),
  view: z.record(nodeName, z.tuple([z.number(), z.number()])).default({}),
});

export type LabFile = z.infer<typeof labSchema>;
