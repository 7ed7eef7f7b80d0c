import type { Language } from '../language.ts';
import type { Hop, PacketEvent } from './events.ts';

/** The words of a language that the text of an event needs. */
export interface PacketWords {
  /** A node asks for the owner of an address. */
  who(address: string): string;
  /** A bridge of the node switched it. */
  switched(node: string): string;
}

/** A frame that is switched is at the bridge, whose node did not look at it. */
export const placeOf = ({ layer, bridges, node }: Hop): string =>
  layer === 'bridge' && bridges.length > 0 ? bridges.join(', ') : node;

export function eventText(
  { kind, packet, hop }: PacketEvent,
  language: Language,
  words: PacketWords,
): string {
  if (kind === 'question') return words.who(hop.resolution?.address ?? '');
  const ttl = hop.changes.find(({ field }) => field === 'ttl');
  return [
    packet.name[language],
    ...(hop.layer === 'bridge' ? [words.switched(hop.node)] : []),
    ...(ttl === undefined ? [] : [`TTL ${ttl.before} → ${ttl.after}`]),
  ].join(', ');
}
