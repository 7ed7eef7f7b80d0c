import { viewOf } from '../../trace/netlink.ts';
import type { LookRecord } from '../look.ts';

/** EOPNOTSUPP, EAFNOSUPPORT: a kernel without the family has nothing of it. */
const without = [95, 97];

/** NFNL_SUBSYS_NFTABLES: where it does not answer, the rules' own programs are asked. */
const nftables = 10;

/** The request that the kernel should have answered and did not; null if it answered all. */
export function unanswered(records: readonly LookRecord[]): string | null {
  for (const { kind, payload } of records) {
    if (kind !== 'E') continue;
    const view = viewOf(payload);
    const [type, family, number] = [view.getUint16(0, true), payload[2], view.getInt32(3, true)];
    if (type >> 8 === nftables || without.includes(number)) continue;
    return `netlink message ${type} of family ${family}: error ${number}`;
  }
  return null;
}
