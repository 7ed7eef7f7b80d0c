import { z } from 'zod';
import { says } from '../../../text/said.ts';
import { dnsName, ip, nodeName, sysctlValue } from '../../terms.ts';

const entries = ['hosts', 'nameserver', 'search', 'nsswitch', 'sysctl'] as const;

/** An entry of one of the node's files, by meaning. Exactly one of the entries is given. */
export const schema = z
  .strictObject({
    on: nodeName,
    /** hosts(5) */
    hosts: z.strictObject({ address: ip, name: dnsName }).exactOptional(),
    /** resolv.conf(5) */
    nameserver: ip.exactOptional(),
    search: dnsName.exactOptional(),
    /** The sources of `hosts:` in nsswitch.conf(5), in order: `files dns`. */
    nsswitch: z.string().min(1).exactOptional(),
    /** sysctl.conf(5) */
    sysctl: z.strictObject({ key: z.string().min(1), value: sysctlValue }).exactOptional(),
    absent: z.boolean().default(false),
  })
  .refine((value) => entries.filter((entry) => value[entry] !== undefined).length === 1, {
    error: says('expected-one-key', { known: entries.join(', ') }),
  });
export type Args = z.output<typeof schema>;
