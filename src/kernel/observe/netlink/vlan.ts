import type { Vlan } from '../../../core/state/observation.ts';
import { attributesIn, viewOf } from '../../trace/netlink.ts';

/** IFLA_AF_SPEC, IFLA_BRIDGE_VLAN_INFO; BRIDGE_VLAN_INFO_... (linux/if_bridge.h). */
const [families, info] = [26, 2];
const [pvid, untagged, begin, end] = [2, 4, 8, 16];

/** VLANs of a bridge port, by its number; of a range, each. Null for a link that has none. */
export function vlansIn(body: Uint8Array): { index: number; vlans: Vlan[] } | null {
  const attributes = attributesIn(attributesIn(body.subarray(16)).find(([type]) => type === families)?.[1]);
  const vlans: Vlan[] = [];
  let first = 0;
  for (const [type, payload] of attributes) {
    if (type !== info || payload.length < 4) continue;
    const view = viewOf(payload);
    const [flags, id] = [view.getUint16(0, true), view.getUint16(2, true)];
    if (flags & begin) first = id;
    else
      for (let each = flags & end ? first : id; each <= id; each++)
        vlans.push({ id: each, pvid: (flags & pvid) !== 0, untagged: (flags & untagged) !== 0 });
  }
  return vlans.length === 0 ? null : { index: viewOf(body).getInt32(4, true), vlans };
}
