import { z } from 'zod';
import type { FdbEntry } from '../../core/state/observation.ts';
import { jsonIn } from '../exec/untrusted.ts';

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
  const entries = jsonIn(text.trim(), z.array(schema), longest);
  if (entries === null) return null;
  const group = (mac: string) => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
  return entries
    .filter(({ mac }) => !group(mac))
    .map(({ mac, ifname, master, dst, vlan, state }) => ({
      ...{ mac, dev: ifname, master: master ?? null, to: dst ?? null, vlan: vlan ?? null },
      state: state ?? null,
    }));
}
