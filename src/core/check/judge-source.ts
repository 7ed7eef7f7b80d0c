import { ownerOf } from '../path/model/unreached.ts';
import { sameAddress } from '../state/ip.ts';
import type { Observation } from '../state/observation.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Values } from '../verdict/verdict.ts';

/** The node on the way whose address the packet should carry. */
export function translator(observation: Observation, from: string, wanted: string): Values {
  const owner = ownerOf(observation, wanted);
  return owner === null || owner.node === from ? {} : { router: owner.node };
}

/**
 * Why a packet arrived with another source address than it should: with the sender's own although a translated
 * one was asked for, with a translated one although the sender's own was, or simply another.
 */
export function sourceReason(observation: Observation, from: string, wanted: string, actual: string): Reason {
  const own = (address: string) =>
    observation.nodes[from]?.links.some((link) =>
      link.addresses.some((one) => sameAddress(one.address, address)),
    ) ?? false;
  if (own(actual) && !own(wanted)) return 'not-translated';
  return own(wanted) && !own(actual) ? 'wrong-translation' : 'wrong-source';
}
