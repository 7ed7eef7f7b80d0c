import { isLater } from './fragments.ts';
import type { TracedPacket } from './hop.ts';

/**
 * Of packets that went in fragments only the deciding ones: a packet arrived when all of its fragments did.
 * Its first fragment, whose rules are traced, stands for it, or the fragment that got lost.
 */
export function datagrams(packets: readonly TracedPacket[]): readonly TracedPacket[] {
  const heads = packets.filter((packet) => !isLater(packet.header));
  if (heads.length === 0) return packets;
  return heads.map((head) => {
    // The hook behind the point at which a node puts a packet together that it takes in (ip_local_deliver).
    if (head.end.kind === 'delivered' && head.hops.at(-1)?.hooks.includes('input')) return head;
    const lost = packets.find(
      (piece) =>
        isLater(piece.header) &&
        ofOne(piece, head) &&
        piece.end.kind === 'stopped' &&
        !cutAgain(piece, packets),
    );
    return lost !== undefined && (head.end.kind !== 'stopped' || passed(head, lost)) ? lost : head;
  });
}

/** The first fragment got further, and waits there for this one. */
function passed(head: TracedPacket, { end }: TracedPacket): boolean {
  return head.end.node !== end.node && head.hops.slice(0, -1).some(({ node }) => node === end.node);
}

/**
 * A router that cuts a fragment up again makes pieces that the sender did not: together they are the one that
 * came in.
 */
function cutAgain(piece: TracedPacket, packets: readonly TracedPacket[]): boolean {
  const made = packets
    .filter(
      (one) =>
        one !== piece && ofOne(one, piece) && one.hops[0]?.in === null && one.hops[0].node === piece.end.node,
    )
    .toSorted((one, other) => offsetOf(one) - offsetOf(other));
  let covered = offsetOf(piece);
  for (const one of made) if (offsetOf(one) <= covered) covered = Math.max(covered, endOf(one));
  return covered >= endOf(piece);
}

const offsetOf = ({ header }: TracedPacket): number => header.fragment?.offset ?? 0;

/** Fragments of IPv4 have a header of 20 bytes, if it has no options. */
const endOf = (packet: TracedPacket): number => offsetOf(packet) + packet.header.length - 20;

function ofOne(piece: TracedPacket, head: TracedPacket): boolean {
  const [{ id, protocol }, whole] = [piece.header, head.header];
  return piece.direction === head.direction && id === whole.id && protocol === whole.protocol;
}
