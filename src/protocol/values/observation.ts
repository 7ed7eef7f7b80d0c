import { z } from 'zod';
import type { Link, NodeState, Observation } from '../../core/state/observation.ts';
import { exactly } from '../exactly.ts';

const family = z.enum(['ipv4', 'ipv6']);

const placeSchema = z.object({ node: z.string(), link: z.string() });
const portRange = z.tuple([z.int(), z.int()]);

const policySchema = z.object({
  family,
  priority: z.int(),
  negated: z.boolean(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  iif: z.string().nullable(),
  oif: z.string().nullable(),
  mark: z.object({ value: z.int(), mask: z.int() }).nullable(),
  tos: z.int().nullable(),
  protocol: z.string().nullable(),
  sourcePorts: portRange.nullable(),
  destinationPorts: portRange.nullable(),
  other: z.boolean().describe('Asks something that only the sending socket knows.'),
  action: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('table'), table: z.string(), suppressPrefix: z.int().nullable() }),
    z.object({ kind: z.literal('refuse'), type: z.enum(['prohibit', 'unreachable', 'blackhole']) }),
    z.object({ kind: z.literal('goto'), priority: z.int() }),
    z.object({ kind: z.literal('nop') }),
  ]),
  text: z.string().describe('The line as `ip rule` prints it.'),
});

const linkSchema = exactly<Link>()(
  z.object({
    name: z.string(),
    index: z.int().describe('ifindex in its own namespace.'),
    kind: z.string().describe('`veth`, `bridge`, `loopback`, `physical`...'),
    mac: z.string(),
    mtu: z.int(),
    up: z.boolean(),
    carrier: z.boolean().describe('The other end is up as well.'),
    master: z.string().nullable().describe('The bridge this link is a port of.'),
    peer: placeSchema.nullable(),
    lower: placeSchema.nullable().describe('The link this one lies on (vlan, macvlan, a tunnel).'),
    details: z.record(z.string(), z.string()).describe("What is set of its kind, in iproute2's words."),
    port: z
      .object({
        state: z.string(),
        isolated: z.boolean(),
        locked: z.literal(true).exactOptional(),
        hairpin: z.boolean(),
        learning: z.boolean(),
        flood: z.object({ unicast: z.boolean(), multicast: z.boolean(), broadcast: z.boolean() }),
      })
      .nullable()
      .describe("Settings of a bridge's port."),
    queue: z.string().describe('Kind of its queue: `noqueue`, `tbf`...'),
    addresses: z.array(
      z.object({
        ...{ family, address: z.string(), prefix: z.int(), scope: z.string() },
        deprecated: z.literal(true).exactOptional().describe('Its preferred lifetime is over.'),
        secondary: z.literal(true).exactOptional().describe('Not the first of its network on the interface.'),
      }),
    ),
    vlans: z.array(z.object({ id: z.int(), pvid: z.boolean(), untagged: z.boolean() })).exactOptional(),
    peers: z
      .array(
        z.object({
          key: z.string(),
          endpoint: z.object({ address: z.string(), port: z.int() }).nullable(),
          allowed: z.array(z.string()),
        }),
      )
      .exactOptional()
      .describe('Of a WireGuard interface: public keys, endpoints and allowed IPs.'),
  }),
);

const ipsecTemplateSchema = z.object({
  ...{ protocol: z.string(), mode: z.string(), source: z.string(), destination: z.string() },
  request: z.int(),
  optional: z.literal(true).exactOptional(),
});

const ipsecPolicySchema = z.object({
  direction: z.enum(['in', 'out', 'fwd']),
  ...{ source: z.string(), destination: z.string(), protocol: z.string().nullable() },
  ...{ sourcePort: z.int().nullable(), destinationPort: z.int().nullable() },
  priority: z.int(),
  action: z.enum(['allow', 'block']),
  templates: z.array(ipsecTemplateSchema),
  other: z.boolean(),
  text: z.string().describe('Its selector, as `ip xfrm policy` prints it.'),
});

const nodeStateSchema = exactly<NodeState>()(
  z.object({
    kind: z.enum(['machine', 'host', 'netns', 'container', 'pod']),
    links: z.array(linkSchema),
    routes: z.array(
      z.object({
        family,
        table: z.string(),
        type: z.string(),
        destination: z.string(),
        via: z.string().nullable(),
        dev: z.string().nullable(),
        nexthops: z.array(z.object({ via: z.string().nullable(), dev: z.string(), weight: z.int() })),
        source: z.string().nullable(),
        metric: z.number(),
        tos: z.int().exactOptional().describe('The type of service that it is for.'),
        scope: z.string(),
        protocol: z.string(),
        preference: z.enum(['high', 'low']).exactOptional(),
        mtu: z.number().exactOptional(),
        text: z.string().describe('The line as `ip route` prints it.'),
      }),
    ),
    policies: z.array(policySchema).describe('`ip rule`, in the order the kernel asks them.'),
    neighbours: z.array(
      z.object({ address: z.string(), dev: z.string(), mac: z.string().nullable(), state: z.string() }),
    ),
    fdb: z.array(
      z.object({
        mac: z.string(),
        dev: z.string(),
        master: z.string().nullable(),
        dst: z.string().nullable(),
        vlan: z.int().nullable(),
        state: z.string().nullable(),
      }),
    ),
    sysctls: z.record(z.string(), z.string()),
    rules: z.object({ ipv4: z.string(), ipv6: z.string() }).describe('iptables-save text of each family.'),
    legacy: z
      .object({ ipv4: z.string(), ipv6: z.string() })
      .describe('iptables-legacy-save text of each family.'),
    listeners: z.array(
      z.object({
        protocol: z.enum(['tcp', 'udp']),
        address: z.string(),
        port: z.int(),
        process: z.string().nullable(),
        waiting: z
          .int()
          .exactOptional()
          .describe('Connections that wait to be accepted, where the queue takes no more.'),
        link: z.string().exactOptional().describe('The interface by which packets must come in.'),
      }),
    ),
    connected: z
      .array(
        z.object({
          address: z.string(),
          port: z.int(),
          peer: z.string(),
          process: z.string().nullable(),
        }),
      )
      .exactOptional()
      .describe('UDP sockets that take packets of one peer only.'),
    queues: z.array(z.int()).exactOptional().describe('Queues of netfilter that a program reads.'),
    ipsec: z
      .object({ policies: z.array(ipsecPolicySchema), states: z.array(ipsecTemplateSchema) })
      .exactOptional()
      .describe('`ip xfrm`.'),
    nft: z
      .array(
        z.object({
          family: z.string(),
          name: z.string(),
          native: z.boolean().describe('Something in it was not made by iptables.'),
          text: z.string(),
        }),
      )
      .exactOptional(),
  }),
);

/** The state of each node as the kernel reported it at one moment. */
export const observationSchema = exactly<Observation>()(
  z.object({ nodes: z.record(z.string(), nodeStateSchema) }),
);
