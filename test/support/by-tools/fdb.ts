import { z } from 'zod';
import type { FdbEntry, Vlan } from '../../../src/core/state/observation.ts';
import { jsonIn } from '../../../src/kernel/exec/untrusted.ts';

/** An entry of `bridge -j fdb show`. */
const schema = z.object({
  mac: z.string(),
  ifname: z.string(),
  master: z.string().optional(),
  dst: z.string().optional(),
  vlan: z.number().optional(),
  state: z.string().optional(),
});

/** Characters of one answer: a bridge learns thousands of addresses in it. */
const longest = 8 * 1024 * 1024;

/** Null for what is no answer of `bridge`. Addresses of groups, which every link has, are left out. */
export function parseFdb(text: string): FdbEntry[] | null {
  if (text.trim() === '') return [];
  const entries = jsonIn(text.split('\n')[0] ?? '', z.array(schema), longest);
  if (entries === null) return null;
  const group = (mac: string) => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
  return entries
    .filter(({ mac }) => !group(mac))
    .map(({ mac, ifname, master, dst, vlan, state }) => ({
      ...{ mac, dev: ifname, master: master ?? null, dst: dst ?? null, vlan: vlan ?? null },
      state: state ?? null,
    }));
}

const portSchema = z.array(
  z.object({
    ifname: z.string(),
    vlans: z.array(
      z.object({ vlan: z.number(), vlanEnd: z.number().optional(), flags: z.array(z.string()).optional() }),
    ),
  }),
);

/** VLANs of each bridge port, from the second line of the same answer; of a range, each. */
export function vlansIn(text: string): Map<string, Vlan[]> {
  const ports = jsonIn(text.split('\n')[1] ?? '', portSchema, longest) ?? [];
  return new Map(
    ports.map(({ ifname, vlans }) => [
      ifname,
      vlans.flatMap(({ vlan, vlanEnd = vlan, flags = [] }) =>
        Array.from({ length: vlanEnd - vlan + 1 }, (_, at) => ({
          id: vlan + at,
          pvid: flags.includes('PVID'),
          untagged: flags.includes('Egress Untagged'),
        })),
      ),
    ]),
  );
}
