import { z } from 'zod';
import { reasons } from '../verdict/reasons.ts';
import { nameKinds } from './schema-names.ts';
import { pathKinds } from './schema-paths.ts';
import { predictionSchema } from './schema-predict.ts';
import { programKinds } from './schema-programs.ts';
import { serviceKinds } from './schema-services.ts';
import { cidr, identifier, ip, linkName, nodeName, text } from './schema-terms.ts';

/** The shape of `lab.yaml`. References between its parts are checked in resolve.ts. */

const end = z
  .string()
  .regex(
    /^[^:\s]+:[^:\s]+( \S+)*$/,
    'expected `node:link`, then addresses, such as `red:eth0 192.168.1.2/24`',
  );
const peer = z.string().regex(/^[^:\s]+:[^:\s]+$/, 'expected `node:link`, such as `blue:veth-blue`');
const line = z.union([z.string().min(1), z.strictObject({ on: nodeName, run: z.string().min(1) })], {
  error: 'expected a command, or `{ on: node, run: command }`',
});
const sysctls = z.record(
  z.string().regex(/^net\./, 'only net.* belongs to a network namespace'),
  z.union([z.string(), z.number()]).transform(String),
);

const node = z.strictObject({
  kind: z.enum(['host', 'netns']).default('netns'),
  title: text.optional(),
  service: z.enum(['http']).optional(),
  sysctls: sysctls.optional(),
  routes: z.array(z.string().min(1)).optional(),
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

const control = z.strictObject({ from: nodeName, to: ip });
const outcome = z.enum(['reply', ...reasons], { error: 'expected `reply` or a reason; see labs/README.md' });

/** One key per kind of check; exactly one is given. */
export const checkKinds = {
  netns: z.strictObject({ name: nodeName, absent: z.boolean().default(false) }),
  link: z.strictObject({
    on: nodeName,
    name: linkName,
    absent: z.boolean().default(false),
    kind: z.string().optional(),
    up: z.boolean().optional(),
    carrier: z.boolean().optional(),
    master: linkName.optional(),
    peer: peer.optional(),
  }),
  address: z.strictObject({
    on: nodeName,
    address: cidr,
    dev: linkName.optional(),
    absent: z.boolean().default(false),
  }),
  route: z.strictObject({
    on: nodeName,
    to: ip,
    via: ip.optional(),
    dev: linkName.optional(),
    absent: z.boolean().default(false),
  }),
  neighbour: z.strictObject({ on: nodeName, address: ip, absent: z.boolean().default(false) }),
  sysctl: z.strictObject({
    on: nodeName,
    key: z.string().regex(/^net\./, 'only net.* belongs to a network namespace'),
    value: z.union([z.string(), z.number()]).transform(String),
  }),
  rule: z.strictObject({ on: nodeName, like: z.string().min(1), absent: z.boolean().default(false) }),
  ping: z.strictObject({
    from: nodeName,
    to: ip,
    expect: outcome.default('reply'),
    control: control.optional(),
  }),
  http: z.strictObject({
    from: nodeName,
    url: z.url({ protocol: /^http$/ }),
    expect: z.enum(['answer', ...reasons]).default('answer'),
    status: z.int().default(200),
    body: z.string().optional(),
    client: ip.optional(),
    control: control.optional(),
  }),
  seen: z.strictObject({ from: nodeName, to: ip, at: nodeName, source: ip }),
  ...pathKinds,
  ...programKinds,
  ...nameKinds,
  ...serviceKinds,
} as const;

const anyKind = Object.fromEntries(
  Object.entries(checkKinds).map(([kind, schema]) => [kind, schema.optional()]),
) as { [K in keyof typeof checkKinds]: z.ZodOptional<(typeof checkKinds)[K]> };

const check = z
  .strictObject({
    id: identifier,
    needs: z.array(identifier).optional(),
    until: identifier.optional(),
    ...anyKind,
  })
  .refine((value) => Object.keys(checkKinds).filter((kind) => kind in value).length === 1, {
    error: `expected exactly one of ${Object.keys(checkKinds).join(', ')}`,
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
  topology: z.strictObject({
    nodes: nodes.default({}),
    bridges: z.record(linkName, bridge).default({}),
    links: z.array(link).default([]),
  }),
  steps: z.array(step).min(1),
  view: z.record(nodeName, z.tuple([z.number(), z.number()])).default({}),
});

export type LabFile = z.infer<typeof labSchema>;
