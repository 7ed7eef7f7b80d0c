import { flowOf } from './flow.ts';
import type { TracedHop } from './hop.ts';
import { sceneOf } from './hops.ts';
import type { Drop, Recording } from './recording.ts';

/** A packet is handed from one device to the node's own code in well under this. */
const soon = 100_000_000n;

/**
 * Nanoseconds of tolerance: the tracepoint's clock counts microseconds, and reading both clocks joins it to
 * the frames' one.
 */
const clocks = 10_000n;

/** Reasons that only mean that a packet was dropped, or that a socket was closed before all was read (skb_queue_purge). */
const empty = ['NOT_SPECIFIED', 'CONSUMED', 'QUEUE_PURGE'];

/**
 * The kernel's own word for why it threw away a packet that came in and went no further: the first drop of a
 * packet of this length that this device had received at this moment.
 */
export function kernelWord(recording: Recording, hop: TracedHop, length: number): Drop | null {
  if (hop.at === null || hop.in === null || hop.out !== null) return null;
  const time = sceneOf(recording, flowOf(recording)).start + BigInt(hop.at);
  const links = [hop.in, ...hop.bridges];
  const found = recording.drops.find(
    (drop) =>
      links.includes(drop.link) &&
      drop.length === length &&
      !empty.includes(drop.reason) &&
      drop.time > time - clocks &&
      drop.time - time < soon,
  );
  return found ?? null;
}
