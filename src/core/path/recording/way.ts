import type { Observation } from '../../state/observation.ts';
import { linkOf } from '../model/segment.ts';
import type { Sight } from './flow-packet.ts';

/** A sight of a packet and the one it follows from; the first of a way follows from none. */
export interface LinkedSight {
  sight: Sight;
  parent: LinkedSight | null;
  /** How it got here from `parent`: through the node, over a wire, or through a gap that was not watched. */
  by: 'made' | 'node' | 'wire' | 'gap';
  children: LinkedSight[];
}

/**
 * Puts a packet's sights in the order of cause: a veth's end receives the frames of the other end, a bridge
 * those of its ports, a port those of the bridge or another port. Time only decides between several possible
 * causes.
 */
export function linkSights(observation: Observation, sights: readonly Sight[]): LinkedSight[] {
  const linked: LinkedSight[] = [];
  for (const sight of sights) {
    const { parent, by } = causeOf(observation, sight, linked);
    const one: LinkedSight = { sight, parent, by, children: [] };
    parent?.children.push(one);
    linked.push(one);
  }
  return linked;
}

function causeOf(
  observation: Observation,
  sight: Sight,
  before: LinkedSight[],
): Pick<LinkedSight, 'parent' | 'by'> {
  const here = (one: LinkedSight) => one.sight.node === sight.node;
  const link = linkOf(observation, sight);
  const last = (fits: (one: LinkedSight) => boolean) => before.findLast(fits) ?? null;
  const found = (parent: LinkedSight | null, by: LinkedSight['by']) =>
    parent === null ? null : { parent, by };
  if (sight.way === 'out') {
    const fromBridge =
      link?.master == null
        ? null
        : last((one) => here(one) && out(one) && one.sight.link === link.master && !hasChild(one, sight));
    const cameByPort = (one: LinkedSight) =>
      here(one) && !out(one) && masterOf(observation, one) === link?.master && !hasChild(one, sight);
    const overBridge =
      link?.master == null ? null : last((one) => one.sight.link !== sight.link && cameByPort(one));
    // Back by the port it came in by only where nothing else explains it (hairpin).
    const bridged = later(fromBridge, overBridge) ?? (link?.master == null ? null : last(cameByPort));
    if (link?.master != null) return found(bridged, 'node') ?? { parent: null, by: 'made' };
    // A packet that a link above sends (macvlan, vlan) leaves by the one below, which may be in another node.
    const above = last((one) => out(one) && liesOn(observation, one, sight) && one.children.length === 0);
    if (above !== null) return { parent: above, by: here(above) ? 'node' : 'wire' };
    const routed = last(
      (one) => here(one) && !out(one) && masterOf(observation, one) === null && !one.children.some(out),
    );
    // br_netfilter: a bridged packet may leave by the bridge after its translation without having come up to
    // it, and fragments come up to it as one packet.
    const piece = sight.header.fragment !== null;
    const lifted = last((one) => {
      const master = masterOf(observation, one);
      const passed = master === sight.link || (piece && master !== null);
      return here(one) && !out(one) && passed && one.children.length === 0;
    });
    return found(routed ?? lifted, 'node') ?? { parent: null, by: 'made' };
  }
  if (link?.kind === 'bridge') {
    const port = last(
      (one) => here(one) && !out(one) && masterOf(observation, one) === link.name && !hasChild(one, sight),
    );
    if (port !== null) return { parent: port, by: 'node' };
  }
  const below = last(
    (one) =>
      !out(one) &&
      link?.lower?.node === one.sight.node &&
      link.lower.link === one.sight.link &&
      !hasChild(one, sight),
  );
  if (below !== null) return { parent: below, by: here(below) ? 'node' : 'wire' };
  const wired = last(
    (one) =>
      out(one) &&
      (link?.kind === 'loopback'
        ? here(one) && one.sight.link === sight.link
        : link?.peer != null && one.sight.node === link.peer.node && one.sight.link === link.peer.link) &&
      !one.children.some((child) => child.by === 'wire'),
  );
  if (wired !== null) return { parent: wired, by: 'wire' };
  // A macvlan hands a frame for another one to the link below them both, as if it came in there (macvlan_queue_xmit).
  const beside = last((one) => out(one) && liesOn(observation, one, sight) && one.children.length === 0);
  if (beside !== null) return { parent: beside, by: 'wire' };
  // Its other end is in no node that is watched, or it is neither veth nor bridge: it came from the last
  // place by an unseen way.
  const seen = link?.kind === 'veth' && link.peer !== null;
  const anything = seen ? null : last((one) => linkOf(observation, one.sight)?.kind !== 'veth' || out(one));
  return found(anything, 'gap') ?? { parent: null, by: 'gap' };
}

const out = ({ sight }: LinkedSight): boolean => sight.way === 'out';

function liesOn(observation: Observation, { sight: above }: LinkedSight, { node, link }: Sight): boolean {
  const lower = linkOf(observation, above)?.lower;
  return lower?.node === node && lower.link === link;
}

function hasChild(one: LinkedSight, { node, link }: Sight): boolean {
  return one.children.some(({ sight }) => sight.node === node && sight.link === link);
}

function masterOf(observation: Observation, { sight }: LinkedSight): string | null {
  return linkOf(observation, sight)?.master ?? null;
}

function later(one: LinkedSight | null, other: LinkedSight | null): LinkedSight | null {
  if (one === null || other === null) return one ?? other;
  return one.sight.time > other.sight.time ? one : other;
}

/**
 * The way of the packet itself: to where it was taken in last. Copies that a bridge sent elsewhere, because it
 * did not know better, end at links that were not meant (`otherhost`).
 */
export function mainWay(linked: readonly LinkedSight[]): LinkedSight[] {
  const ends = linked.filter(({ children }) => children.length === 0);
  const meant = ends.filter((one) => one.sight.way !== 'otherhost');
  let at: LinkedSight | null = (meant.length > 0 ? meant : ends).at(-1) ?? null;
  const way: LinkedSight[] = [];
  for (; at !== null; at = at.parent) way.unshift(at);
  return way;
}

/** Links at which copies ended that were not meant. */
export function copies(linked: readonly LinkedSight[], way: readonly LinkedSight[]): Sight[] {
  return linked.filter((one) => one.children.length === 0 && !way.includes(one)).map(({ sight }) => sight);
}
