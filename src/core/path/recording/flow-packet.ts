import type { Decoded, Header } from './header.ts';
import type { Frame, RuleEvent } from './recording.ts';

/** A frame that carries one of the probe's packets. */
export interface Sight extends Pick<Frame, 'time' | 'node' | 'link' | 'way'> {
  sourceMac: string;
  destinationMac: string;
  header: Header;
  /** Its place among the recording's frames. */
  frame: number;
}

/** Rules' trace messages about one packet in one node. */
export interface RuleSight {
  event: RuleEvent;
  /** As it was in front of the chain; null where the message repeats none. */
  header: Header | null;
}

/** One packet, wherever it was seen. */
export interface FlowPacket {
  /** `error`: an ICMP error about a packet of the probe. */
  direction: 'request' | 'reply' | 'error';
  header: Header;
  /** Its sender sent the same before, and heard nothing. */
  again: boolean;
  sights: Sight[];
  rules: RuleSight[];
}

export interface Flow {
  /** In the order they were first seen. */
  packets: FlowPacket[];
  /** Questions and answers about addresses, of everybody. */
  neighbourly: (Pick<Frame, 'time' | 'node' | 'link' | 'way'> &
    NonNullable<Decoded['neighbourly']> & { frame: number })[];
}
