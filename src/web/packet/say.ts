import type { Language } from '../../core/language.ts';
import type { Words } from '../../words/en/page.ts';
import type { Hop, PacketEvent } from './events.ts';

/** A frame that is switched is at the bridge, whose node did not look at it. */
export const placeOf = ({ layer, bridges, node }: Hop): string =>
  layer === 'bridge' && bridges.length > 0 ? bridges.join(', ') : node;

export function eventText(
  { kind, packet, hop }: PacketEvent,
  language: Language,
  words: Words['packet'],
): string {
  if (kind === 'question') return words.who(hop.resolution?.address ?? '');
  const ttl = hop.changes.find(({ field }) => field === 'ttl');
  return [
    packet.name[language],
    ...(hop.layer === 'bridge' ? [words.switched(hop.node)] : []),
    ...(ttl === undefined ? [] : [`TTL ${ttl.before} → ${ttl.after}`]),
  ].join(', ');
}
