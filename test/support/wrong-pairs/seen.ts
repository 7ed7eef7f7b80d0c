import { tracedPackets } from '../../../src/core/diagnose/trace/packets.ts';
import type { Recording } from '../../../src/core/path/recording/recording.ts';

/**
 * The places at which the kernel reported a probe's packets: each packet, and every device and hook it
 * passed, however often. Taken from frames and nftables' messages, with no part for the state and the rules
 * from which a diagnosis is made.
 */
export function seenOf(recording: Recording): string[] {
  const places = tracedPackets(recording).flatMap(({ direction, name, hops }) => {
    const packet = `${direction} ${name.en.replace(', sent again', '')}`;
    return hops.flatMap(({ node, seen, hooks }) => [
      ...seen.map(({ link, way }) => `${packet} ${node} ${way} ${link}`),
      ...hooks.map((hook) => `${packet} ${node} ${hook}`),
    ]);
  });
  return [...new Set(places)].sort();
}
