import type { Address } from '../../../core/state/observation.ts';
import { attributesOf, viewOf } from '../../trace/netlink.ts';
import { families, u32 } from './messages.ts';
import { addressText, scopeText } from './texts.ts';

/** IFA_ADDRESS, IFA_LOCAL, IFA_FLAGS; IFA_F_TENTATIVE, IFA_F_DADFAILED. */
const [other, local, flags, tentative, failed] = [1, 2, 8, 0x40, 0x08];

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
    },
    tentative: (set & tentative) !== 0 && (set & failed) === 0,
  };
}
