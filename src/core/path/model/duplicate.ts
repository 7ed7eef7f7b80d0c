import { sameAddress } from '../../state/ip.ts';
import type { Link, Observation } from '../../state/observation.ts';
import type { Finding } from './finding.ts';
import { linkOf, type Port } from './segment.ts';

/** Of the nodes with the address the one that has another on the same link can do without it. */
export function duplicate(
  observation: Observation,
  answering: readonly Port[],
  address: string,
  nodes: string[],
): Finding {
  const [spared] = answering
    .map(({ node, link }) => ({ node, link: linkOf(observation, { node, link }) }))
    .toSorted((one, other) => othersOn(other.link, address) - othersOn(one.link, address));
  const own = spared?.link?.addresses.find((one) => sameAddress(one.address, address));
  const twice =
    own === undefined ? {} : { link: spared?.link?.name ?? '', twice: `${address}/${own.prefix}` };
  const values = { address, nodes: nodes.join(', '), ...twice };
  return { reason: 'duplicate-address', node: spared?.node ?? '', object: address, values };
}

/** How many other addresses of its family, for more than the link, a link has. */
function othersOn(link: Link | null, address: string): number {
  const six = address.includes(':');
  const alike = (link?.addresses ?? []).filter((one) => one.address.includes(':') === six);
  return alike.filter((one) => one.scope === 'global' && !sameAddress(one.address, address)).length;
}
