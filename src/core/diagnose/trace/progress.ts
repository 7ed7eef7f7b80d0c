import type { TracedHop, TracedPacket } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { tracedPackets } from './packets.ts';

/** One hop, as soon as it is known. The finished path adds rules and conntrack's entry. */
export interface HopNews {
  packet: number;
  direction: TracedPacket['direction'];
  name: TracedPacket['name'];
  hop: TracedHop;
}

/**
 * Reports every hop once, in order, while the recording grows. A hop is known when the packet has been seen
 * after it; the last hops come with the finished path.
 */
export class HopReporter {
  readonly #onHop: (news: HopNews) => void;
  readonly #done = new Map<string, number>();

  constructor(onHop: (news: HopNews) => void) {
    this.#onHop = onHop;
  }

  grown(recording: Recording): void {
    const frames = recording.frames.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
    for (const packet of tracedPackets({ ...recording, frames })) {
      // While a way does not begin where the packet was made, its beginning is still to be read.
      if (packet.hops[0]?.in === null) this.#tell(packet, packet.hops.length - 1);
    }
  }

  finished(packets: readonly TracedPacket[]): void {
    for (const packet of packets) this.#tell(packet, packet.hops.length);
  }

  #tell({ number, direction, name, hops, header }: TracedPacket, until: number): void {
    const key = JSON.stringify([direction, name, header]);
    const from = this.#done.get(key) ?? 0;
    for (const hop of hops.slice(from, until)) this.#onHop({ packet: number, direction, name, hop });
    this.#done.set(key, Math.max(from, until));
  }
}
