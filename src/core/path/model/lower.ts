import { sameAddress } from '../../state/ip.ts';
import type { Link, Observation } from '../../state/observation.ts';
import type { Finding } from './finding.ts';
import { linkOf, macvlans, type Port, stacked } from './segment.ts';

/** A macvlan and the link below it never hear each other: a frame of one goes out, not across. */
export function overLower(
  observation: Observation,
  start: Port,
  owner: Port | null,
  address: string,
): Finding | null {
  const [mine, other] = [linkOf(observation, start), owner === null ? null : linkOf(observation, owner)];
  if (owner === null || mine === null || other === null) return null;
  const lies = (upper: Link, { node, link }: Port) =>
    stacked.includes(upper.kind) && upper.lower?.node === node && upper.lower.link === link;
  const [upper, lower] = lies(mine, owner) ? [start, owner] : lies(other, start) ? [owner, start] : [];
  if (upper === undefined || lower === undefined) return siblings(start, mine, owner, other, address);
  const kind = linkOf(observation, upper)?.kind ?? '';
  const ends = { upper: `${upper.node}:${upper.link}`, lower: `${lower.node}:${lower.link}` };
  // The address moves to an interface beside, if it is the one below that has it.
  const held = lower === owner ? other.addresses.find((one) => sameAddress(one.address, address)) : undefined;
  const own = {
    ownKind: kind.startsWith('mac') ? 'macvlan mode bridge' : 'ipvlan mode l2',
    ...(held === undefined ? {} : { whole: `${held.address}/${held.prefix}` }),
  };
  return {
    reason: 'lower-link',
    node: start.node,
    object: start.link,
    values: { ...ends, ...own, kind, address, peer: ends.lower },
  };
}

/** Macvlans on one link hear each other only in mode bridge, both of them (macvlan_queue_xmit). */
function siblings(start: Port, mine: Link, owner: Port, other: Link, address: string): Finding | null {
  const [below, beside] = [mine.lower, other.lower];
  const on = below !== null && below.node === beside?.node && below.link === beside.link;
  if (!on || !macvlans.includes(mine.kind) || !macvlans.includes(other.kind)) return null;
  const [closed, link] = mine.details.mode === 'bridge' ? [owner, other] : [start, mine];
  const { mode = '' } = link.details;
  if (mode === 'bridge') return null;
  const ends = { upper: `${start.node}:${start.link}`, sibling: `${owner.node}:${owner.link}` };
  const values = {
    ...ends,
    kind: 'macvlan',
    lower: `${below.node}:${below.link}`,
    mode,
    closed: closed.link,
    closedKind: closed === owner ? other.kind : mine.kind,
    address,
  };
  return { reason: 'lower-link', node: closed.node, object: closed.link, values };
}
