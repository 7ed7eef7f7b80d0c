import { isLater } from './fragments.ts';
import type { TracedPacket } from './hop.ts';

/**
 * Of packets that went in fragments only those that decide: a packet arrived when all of its fragments did. Each is
 * told by its first fragment, which the rules are traced of, or by the one that got lost.
 */
export function datagrams(packets: readonly TracedPacket[]): readonly TracedPacket[] {
  const heads = packets.filter((packet) => !isLater(packet.header));
  if (heads.length === 0) return packets;
  return heads.map((head) => {
    const lost = packets.find(
      (piece) => isLater(piece.header) && ofOne(piece, head) && piece.end.kind === 'stopped',
    );
    return head.end.kind === 'stopped' ? head : (lost ?? head);
  });
}

function ofOne(piece: TracedPacket, head: TracedPacket): boolean {
  const [{ id, protocol }, whole] = [piece.header, head.header];
  return piece.direction === head.direction && id === whole.id && protocol === whole.protocol;
}
