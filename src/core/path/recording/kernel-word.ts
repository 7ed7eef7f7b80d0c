import { flowOf } from './flow.ts';
import type { TracedHop } from './hop.ts';
import { sceneOf } from './hops.ts';
import type { Drop, Recording } from './recording.ts';

/** A packet is handed from one device to the node's own code in well under this. */
const soon = 100_000_000n;

/**
 * Nanoseconds of tolerance: the tracepoint's clock counts microseconds, and is joined to the frames' one by reading both,
 * which a virtual machine may do slowly.
 */
const clocks = 1_000_000n;

/** Reasons that only mean that a packet was dropped, or that a socket was closed before all was read (skb_queue_purge). */
const empty = ['NOT_SPECIFIED', 'CONSUMED', 'QUEUE_PURGE'];

/**
 * The kernel's own word for why it threw away a packet that came in and went no further: the drop of a packet of this
 * length that this device received, and of several the one that is nearest in time.
 */
export function kernelWord(recording: Recording, hop: TracedHop, length: number): Drop | null {
  if (hop.at === null || hop.in === null || hop.out !== null) return null;
  const time = sceneOf(recording, flowOf(recording)).start + BigInt(hop.at);
  const links = [hop.in, ...hop.bridges];
  const near = recording.drops.filter(
    (drop) =>
      links.includes(drop.link) &&
      drop.length === length &&
      !empty.includes(drop.reason) &&
      drop.time > time - clocks &&
      drop.time - time < soon,
  );
  const away = (drop: Drop) => (drop.time < time ? time - drop.time : drop.time - time);
  return near.reduce<Drop | null>((best, one) => (best && away(best) <= away(one) ? best : one), null);
}
