import { z } from 'zod';
import { gapCodes } from '../../core/path/recording/gap.ts';
import {
  endReasons,
  type RuleStep,
  type TracedHop,
  type TracedPacket,
  type TracedPath,
  type TraceEnd,
} from '../../core/path/recording/hop.ts';
import type { TraceProbe } from '../../core/probe/trace-probe.ts';
import { says } from '../../core/text/said.ts';
import { exactly } from '../exactly.ts';
import { textSchema } from './text.ts';

const port = z.int().min(1).max(65535);

const sourcePort = port.optional().describe('Its own; one that nothing else uses unless given.');

const marked = {
  mark: z.int().min(1).max(0xffffffff).optional().describe('What the socket marks it with (SO_MARK).'),
  tos: z.int().min(0).max(255).optional().describe('Type of service, or traffic class.'),
};

export const traceProbeSchema = exactly<TraceProbe>()(
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('icmp'),
      size: z.int().min(0).max(65_507).optional().describe('Bytes of data; 56 unless given.'),
      mtu: z
        .int()
        .min(68)
        .max(65_535)
        .optional()
        .describe('Bytes of the whole packet, in place of size; it may not be cut into fragments.'),
      ...marked,
    }),
    z.strictObject({ kind: z.literal('tcp'), port, sourcePort, ...marked }),
    z.strictObject({
      kind: z.literal('udp'),
      port,
      sourcePort,
      size: z
        .int()
        .min(0)
        .max(65_507)
        .optional()
        .describe('Bytes of data; the question of the service unless given.'),
      ...marked,
    }),
    z.strictObject({
      kind: z.literal('dns'),
      name: z
        .string()
        .max(253)
        .regex(/^[A-Za-z0-9_]([A-Za-z0-9_.-]*)$/),
    }),
    z.strictObject({
      kind: z.literal('http'),
      url: z.url({ protocol: /^https?$/, error: says('expected-web-url') }).max(2048),
      port,
    }),
  ]),
);

const fields = z.object({
  source: z.string(),
  destination: z.string(),
  sourcePort: z.int().nullable(),
  destinationPort: z.int().nullable(),
  ttl: z.int(),
  sourceMac: z.string().nullable(),
  destinationMac: z.string().nullable(),
  vlan: z.int().nullable().describe('Of the tag of the frame; null: it has none, or was not seen.'),
});

const ruleStepSchema = exactly<RuleStep>()(
  z.object({
    hook: z.enum(['prerouting', 'input', 'forward', 'output', 'postrouting']),
    family: z.string(),
    table: z.string(),
    chain: z.string(),
    handle: z.int().nullable().describe("The rule's, as `nft -a` shows it; null for a policy."),
    rule: z.string().nullable().describe('As iptables-save or nft prints it; null if it is not known.'),
    line: z.int().nullable(),
    verdict: z.enum(['accept', 'drop', 'reject', 'continue', 'jump', 'goto', 'return', 'policy', 'other']),
    source: z.literal('nft trace'),
  }),
);

const source = z.enum(['capture', 'nft trace', 'conntrack', 'state', 'tracefs', 'probe']);

const hopSchema = exactly<TracedHop>()(
  z.object({
    node: z.string(),
    in: z.string().nullable().describe('Null: made here.'),
    out: z.string().nullable().describe('Null: ended here.'),
    seen: z
      .array(
        z.object({
          link: z.string(),
          way: z.enum(['in', 'out']),
          source: z.string(),
          destination: z.string(),
          ttl: z.int(),
        }),
      )
      .describe('Every device at which it was seen, in order.'),
    bridges: z.array(z.string()),
    layer: z.enum(['ip', 'bridge']),
    hooks: z.array(z.string()),
    before: fields.nullable(),
    after: fields.nullable(),
    changes: z.array(z.object({ field: fields.keyof(), before: z.string(), after: z.string() })),
    rules: z.array(ruleStepSchema),
    route: z
      .object({
        text: z.string(),
        via: z.string().nullable(),
        rule: z
          .string()
          .nullable()
          .describe('The rule of `ip rule` that chose the table; null: one the kernel makes.'),
        source: z.literal('state'),
      })
      .nullable(),
    mark: z.int().nullable().describe("The packet's mark; null where no rule was traced."),
    resolution: z
      .object({
        address: z.string(),
        link: z.string(),
        questions: z.int(),
        answer: z.string().nullable(),
        by: z.object({ node: z.string(), link: z.string() }).nullable(),
      })
      .nullable()
      .describe('ARP, or neighbour discovery, if the node had to ask.'),
    conntrack: z
      .object({ original: z.string(), reply: z.string(), source: z.literal('conntrack') })
      .nullable(),
    nat: textSchema.nullable(),
    copies: z.array(z.string()).describe('Links that got a copy not meant for them.'),
    gap: z.boolean().describe('How it got here was not seen.'),
    tunnel: z
      .object({
        kind: z.literal('vxlan'),
        id: z.string().describe('Of VXLAN the VNI.'),
        carries: z.enum(['packet', 'question', 'answer', 'fragment', 'error']),
        protocol: z.string(),
        length: z.int().describe('Bytes of the outer packet.'),
      })
      .nullable()
      .describe(
        'The packet travels inside another one here, and the hop is that one: not null between the ends of a tunnel.',
      ),
    at: z.string().nullable().describe('Nanoseconds after the first sight.'),
    sources: z.array(source),
  }),
);

const direction = z.enum(['request', 'reply', 'error']);

const packetSchema = exactly<TracedPacket>()(
  z.object({
    number: z.int(),
    direction,
    name: textSchema,
    header: z.object({
      protocol: z.string(),
      length: z.int(),
      id: z.int().nullable(),
      fragment: z.object({ offset: z.int(), more: z.boolean() }).nullable(),
      tcp: z
        .object({ flags: z.string(), sequence: z.int(), acknowledgment: z.int(), payload: z.int() })
        .nullable(),
      icmp: z
        .object({ type: z.int(), code: z.int(), id: z.int(), sequence: z.int(), mtu: z.int() })
        .nullable(),
    }),
    hops: z.array(hopSchema),
    end: z.object({
      kind: z.enum(['delivered', 'stopped']),
      node: z.string(),
      link: z.string().nullable(),
    }),
  }),
);

const endSchema = exactly<TraceEnd>()(
  z.object({
    kind: z.enum(['delivered', 'refused', 'dropped', 'lost', 'answer-lost']),
    direction: z.enum(['request', 'reply']),
    node: z.string(),
    link: z.string().nullable(),
    reason: z.enum(endReasons).nullable(),
    object: z.string().nullable(),
    values: z.record(z.string(), z.string()),
    by: z.string().nullable(),
    kernel: z.string().nullable().describe("The kernel's own word for why, if it gave one."),
    sources: z.array(source),
    text: textSchema,
    hints: z.array(textSchema).describe('Where to look, then the idea.'),
    cure: z.array(
      z.object({
        on: z.string(),
        run: z.string(),
        or: z.boolean().describe('It begins another cure: that or the lines before.'),
      }),
    ),
  }),
);

const wayShape = { from: z.string(), to: z.string(), packets: z.array(packetSchema), end: endSchema };

export const pathSchema = exactly<TracedPath>()(
  z.object({
    ...wayShape,
    upstream: z
      .array(z.object({ ...wayShape, program: z.string(), port }))
      .describe('Connections that a proxy opened to get its answer elsewhere, in the order it did.'),
    gaps: z
      .array(
        z.object({
          code: z.enum(gapCodes),
          node: z.string(),
          values: z.record(z.string(), z.string()),
          text: textSchema,
        }),
      )
      .describe('What could not be seen.'),
  }),
);

export const hopNewsShape = { packet: z.int(), direction, name: textSchema, hop: hopSchema };
