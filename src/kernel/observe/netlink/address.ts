import type { Address } from '../../../core/state/observation.ts';
import { attributesOf, viewOf } from '../../trace/netlink.ts';
import { families, u32 } from './messages.ts';
import { addressText, scopeText } from './texts.ts';

/** IFA_ADDRESS, IFA_LOCAL, IFA_FLAGS; IFA_F_TENTATIVE, IFA_F_DADFAILED, IFA_F_DEPRECATED, IFA_F_SECONDARY. */
const [other, local, flags, tentative, failed, deprecated, secondary] = [1, 2, 8, 0x40, 0x08, 0x20, 0x01];

interface AddressRecord {
  index: number;
  address: Address;
  /** Duplicate address detection has not ended yet (ip-address(8)). */
  tentative: boolean;
}

/** Null for an address of another family. */
export function addressIn(body: Uint8Array): AddressRecord | null {
  const view = viewOf(body);
  const family = body[0];
  if (family !== families.ipv4 && family !== families.ipv6) return null;
  const attributes = attributesOf(body.subarray(8));
  const bytes = attributes.get(local) ?? attributes.get(other);
  if (bytes === undefined) return null;
  const set = u32(attributes.get(flags)) ?? body[2] ?? 0;
  return {
    index: view.getUint32(4, true),
    address: {
      family: family === families.ipv6 ? 'ipv6' : 'ipv4',
      address: addressText(bytes),
      prefix: body[1] ?? 0,
      scope: scopeText(body[3] ?? 0),
      ...((set & deprecated) === 0 ? {} : { deprecated: true }),
      // In IPv6 the same bit says that the address is a temporary one.
      ...((set & secondary) === 0 || family === families.ipv6 ? {} : { secondary: true }),
    },
    tentative: (set & tentative) !== 0 && (set & failed) === 0,
  };
}
