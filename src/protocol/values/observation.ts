import { z } from 'zod';
import type { Link, NodeState, Observation } from '../../core/state/observation.ts';
import { exactly } from '../exactly.ts';

const family = z.enum(['ipv4', 'ipv6']);

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
    peer: z.object({ node: z.string(), link: z.string() }).nullable(),
    addresses: z.array(z.object({ family, address: z.string(), prefix: z.int(), scope: z.string() })),
  }),
);

const nodeStateSchema = exactly<NodeState>()(
  z.object({
    kind: z.enum(['machine', 'host', 'netns']),
    links: z.array(linkSchema),
    routes: z.array(
      z.object({
        family,
        table: z.string(),
        type: z.string(),
        destination: z.string(),
        via: z.string().nullable(),
        dev: z.string().nullable(),
        source: z.string().nullable(),
        metric: z.number(),
        scope: z.string(),
        protocol: z.string(),
        text: z.string().describe('The line as `ip route` prints it.'),
      }),
    ),
    neighbours: z.array(
      z.object({ address: z.string(), dev: z.string(), mac: z.string().nullable(), state: z.string() }),
    ),
    sysctls: z.record(z.string(), z.string()),
    rules: z.object({ ipv4: z.string(), ipv6: z.string() }).describe('iptables-save text of each family.'),
    listeners: z.array(
      z.object({
        protocol: z.enum(['tcp', 'udp']),
        address: z.string(),
        port: z.int(),
        process: z.string().nullable(),
      }),
    ),
  }),
);

/** What the kernel said at one moment, per node. */
export const observationSchema = exactly<Observation>()(
  z.object({ nodes: z.record(z.string(), nodeStateSchema) }),
);
