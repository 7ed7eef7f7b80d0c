import { inverse } from '../../path/model/conntrack.ts';
import type { Headers } from '../../path/model/packet.ts';
import type { Halfway } from '../../path/model/walk.ts';
import type { TracedPacket } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import type { EndFacts } from './end-finding.ts';
import { gatewayOf, type Place, placeOf } from './place.ts';

/**
 * The place from which the model can follow the packet of an end: where it came into the node in which it was seen
 * last, or the node that made it; of a reply that was never seen, the node that took the request.
 */
export function halfway(
  recording: Recording,
  packets: readonly TracedPacket[],
  { direction, node, values }: EndFacts,
): Halfway | null {
  const [last] = (values.seen ?? node).split(':');
  const there = packets.filter(({ end, hops }) => end.node === last && hops.at(-1)?.tunnel === null);
  const stopped = there.find((one) => one.direction === direction && one.end.kind === 'stopped');
  const answered = direction === 'reply' ? there.find((one) => one.direction === 'request') : undefined;
  const packet = stopped ?? answered;
  const place = packet === undefined ? null : placeOf(recording, packet, null);
  if (place === null) return null;
  return stopped === undefined ? made('reply', place.hop.node, inverse(place.headers), 0) : placed(place);
}

function placed(place: Place): Halfway {
  const { direction, hop, packet, upper, headers } = place;
  const mark = hop.mark ?? 0;
  if (upper === null) return made(direction, hop.node, headers, mark);
  const { source, destination, sourcePort, destinationPort } = hop.before ?? headers;
  const came: Headers = { ...headers, source, destination, sourcePort, destinationPort };
  const arrival = { port: { node: hop.node, link: upper }, headers: came, gateway: gatewayOf(place) };
  return { ...made(direction, hop.node, came, mark), from: packet.hops[0]?.node ?? hop.node, arrival };
}

const made = (direction: Halfway['direction'], node: string, headers: Headers, mark: number): Halfway => {
  return { direction, node, headers, mark, from: node, arrival: null };
};
