import { sameAddress } from '../state/ip.ts';
import type { Link, Observation } from '../state/observation.ts';
import { linkElsewhere } from '../verdict/evidence.ts';
import type { Values } from '../verdict/verdict.ts';

/** What a check knows of a link that its node lacks. */
interface Lacking {
  on: string;
  name: string;
  /** `NODE:LINK`, the other end. */
  peer?: string | undefined;
  /** The address that it should have. */
  address?: string;
}

/**
 * Where a link is that its node lacks: `elsewhere` has every node with one of that name, `movable` the one whose link
 * is to be moved. One that is in use there may be that node's own, so it is moved only if its other end, or its
 * address, is the wanted one.
 */
export function strayLink(observation: Observation, lacking: Lacking): Values {
  const { on, name } = lacking;
  const places = linkElsewhere(observation, name, on);
  // No name leads from one host into another.
  const reached = ['machine', 'netns'].includes(observation.nodes[on]?.kind ?? '');
  const linkIn = (node: string) => observation.nodes[node]?.links.find((one) => one.name === name);
  const fits = (test: (link: Link) => boolean) =>
    places.find((node) => {
      const link = linkIn(node);
      return link !== undefined && test(link);
    });
  const movable = fits((link) => isMeant(link, lacking)) ?? fits((link) => mayBe(link, lacking));
  return { elsewhere: places.join(', '), movable: reached ? (movable ?? '') : '' };
}

function isMeant({ peer, addresses }: Link, lacking: Lacking): boolean {
  if (lacking.address !== undefined)
    return addresses.some(({ address }) => sameAddress(address, lacking.address ?? ''));
  return peer !== null && `${peer.node}:${peer.link}` === lacking.peer;
}

/** The other end may have to be moved as well: its name counts. */
function mayBe({ master, addresses, peer }: Link, lacking: Lacking): boolean {
  const used = master !== null || addresses.some(({ scope }) => scope === 'global');
  return !used && (lacking.peer === undefined || peer?.link === lacking.peer.split(':')[1]);
}
