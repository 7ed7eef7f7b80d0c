import type { FdbEntry, Link } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';

/** Whom a frame is for: one link that the bridge knows, one it does not know, a group, or all. */
export type FrameKind = 'known' | 'unicast' | 'multicast' | 'broadcast';

export type CrossingReason = 'port-state' | 'port-isolated' | 'not-flooded';

interface Closed {
  node: string;
  link: string;
  reason: CrossingReason;
  values: Values;
}

interface Place {
  node: string;
  link: string;
}

/** A port passes frames in one state only (br_handle_frame, should_deliver). `bridge`: whose port it is. */
export function closedPort(at: Place, link: Link, bridge: Link | null): Closed | null {
  if (link.port === null || link.port.state === 'forwarding') return null;
  const { state } = link.port;
  // Spanning tree comes to `disabled` with the link only, and to no state where it is off; else `bridge link set` wrote it.
  const alone = bridge?.details.stp_state === '0';
  const written: Values = alone || state === 'disabled' ? { written: link.name } : {};
  const values = { link: link.name, bridge: link.master ?? '', observed: state, ...written };
  return { ...at, reason: 'port-state', values };
}

/** A locked port drops frames of a sender that the forwarding database does not have behind it (br_handle_frame_finish). */
export function lockedOut(at: Place, link: Link, fdb: readonly FdbEntry[], sender: string): Closed | null {
  if (link.port?.locked !== true) return null;
  const known = fdb.some((one) => one.mac === sender && one.dev === link.name && one.state !== 'permanent');
  if (known) return null;
  const values = { link: link.name, bridge: link.master ?? '', locked: link.name, mac: sender };
  return { ...at, reason: 'port-state', values };
}

/** Why a bridge does not send a frame out of a port (should_deliver, br_flood). `cameBy`: the port it came in by. */
export function notSentBy(at: Place, link: Link, cameBy: Link | null, frame: FrameKind): Closed | null {
  const { port, name, master } = link;
  if (port === null) return null;
  const values = { link: name, bridge: master ?? '' };
  if (port.isolated && cameBy?.port?.isolated === true && cameBy.name !== name)
    return { ...at, reason: 'port-isolated', values: { ...values, other: cameBy.name } };
  if (frame === 'known' || port.flood[frame]) return null;
  return { ...at, reason: 'not-flooded', values: { ...values, frames: frame, option: options[frame] } };
}

/** The words of `bridge link set`. */
const options = { unicast: 'flood', multicast: 'mcast_flood', broadcast: 'bcast_flood' } as const;
