import { z } from 'zod';
import type { CheckKind } from '../check/check.ts';
import { kinds } from '../check/kinds/index.ts';
import {
  cidr,
  identifier,
  ip,
  linkName,
  netKey,
  nodeName,
  oneLine,
  port,
  reason,
  sysctlValue,
  text,
} from '../check/terms.ts';
import { says } from '../text/said.ts';
import { services } from './lab.ts';
import { machineSizeSchema } from './machine-size.ts';
import { predictionSchema } from './schema-predict.ts';

/** The shape of `lab.yaml`. References between its parts are checked in references.ts. */

const end = z
  .string({
    error: ({ input }) =>
      says(typeof input === 'object' && input !== null ? 'end-as-mapping' : 'expected-link-end'),
  })
  .regex(/^[^:\s]+:[^:,\s]+( \S+)*$/, says('expected-link-end'));
const line = z.union([z.string().min(1), z.strictObject({ on: nodeName, run: z.string().min(1) })], {
  error: says('expected-command'),
});
const sysctls = z.record(netKey, sysctlValue);

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

const mtu = z.int().min(68).max(65535);

const link = z.strictObject({
  ends: z.tuple([end, end]),
  master: linkName.optional(),
  mtu: mtu.optional().describe('Of both ends.'),
});

/** A VXLAN link: its end, its remote and its number. */
const tunnel = z.strictObject({
  end,
  id: z.int().min(0).max(0xffffff).describe('The VXLAN network identifier (VNI).'),
  remote: ip.describe('Where the other end listens.'),
  local: ip.optional().describe('The source address of the packets that carry it.'),
  dstport: port.default(4789),
  master: linkName.optional(),
  mtu: mtu.optional(),
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
  .refine((value) => kindsIn(value).length === 1, { error: ({ input }) => oneKind(kindsIn(input)) });

function kindsIn(value: unknown): string[] {
  return Object.keys(value ?? {}).filter((key) => key in kinds);
}

const oneKind = (given: readonly string[]) =>
  given.length > 1
    ? says('one-thing', { kinds: given.join(', ') })
    : says('expected-one-key', { known: Object.keys(kinds).join(', ') });

const fault = z.strictObject({
  id: identifier,
  /** Solution lines (counted from 1) typed otherwise, or left out. */
  change: z
    .array(
      z
        .strictObject({
          line: z.int().min(1),
          run: z.string().min(1).nullable().exactOptional(),
          on: nodeName.exactOptional().describe('The node where it is typed by mistake.'),
          refused: z.boolean().default(false),
        })
        .refine(({ run, on }) => run !== undefined || on !== undefined, {
          error: says('expected-run-or-on'),
        }),
    )
    .min(1),
  fails: identifier,
  reason,
});

const step = z.strictObject({
  // `all` means every step in the commands.
  id: identifier.refine((id) => id !== 'all', says('step-called-all')),
  solution: z.array(line).min(1),
  checks: z.array(check).min(1),
  predict: z.array(predictionSchema(anyKind)).default([]),
  faults: z.array(fault).default([]),
});

export const labSchema = z.strictObject({
  hoplab: z.literal(1, { error: says('expected-version') }),
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
    tunnels: z.array(tunnel).default([]),
  }),
  steps: z.array(step).min(1),
  view: z.record(nodeName, z.tuple([z.number(), z.number()])).default({}),
});

export type LabFile = z.infer<typeof labSchema>;
