import { z } from 'zod';

export { policyOf } from '../../../src/kernel/observe/policies.ts';

/** An entry of `ip -j -d rule show`, of one family. */
export const policySchema = z.object({
  priority: z.number(),
  not: z.null().exactOptional(),
  src: z.string(),
  srclen: z.number().exactOptional(),
  dst: z.string().exactOptional(),
  dstlen: z.number().exactOptional(),
  fwmark: z.string().exactOptional(),
  fwmask: z.string().exactOptional(),
  tos: z.string().exactOptional(),
  iif: z.string().exactOptional(),
  oif: z.string().exactOptional(),
  ipproto: z.string().exactOptional(),
  sport: z.number().exactOptional(),
  sport_start: z.number().exactOptional(),
  sport_end: z.number().exactOptional(),
  dport: z.number().exactOptional(),
  dport_start: z.number().exactOptional(),
  dport_end: z.number().exactOptional(),
  uid_start: z.number().exactOptional(),
  uid_end: z.number().exactOptional(),
  l3mdev: z.null().exactOptional(),
  tun_id: z.union([z.string(), z.number()]).exactOptional(),
  table: z.string().exactOptional(),
  suppress_prefixlen: z.number().exactOptional(),
  action: z.string().exactOptional(),
  goto: z.number().exactOptional(),
  nop: z.null().exactOptional(),
});
