import type { Flow } from './flow-packet.ts';
import type { Recording } from './recording.ts';
import type { RuleBook } from './rule-book.ts';

/** The facts that hops are made from, besides the packet itself. */
export interface Scene {
  recording: Recording;
  flow: Flow;
  book: RuleBook;
  /** Frames of address resolution that a hop contains already. */
  seenFrames: Set<number>;
  /** When the first frame of the probe was seen. */
  start: bigint;
}
