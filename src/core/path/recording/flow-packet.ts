import type { Decoded, Header } from './header.ts';
import type { Frame, RuleEvent } from './recording.ts';
import type { Tunnel } from './tunnel.ts';

/** A frame that carries one of the probe's packets. */
export interface Sight extends Pick<Frame, 'time' | 'node' | 'link' | 'way'> {
  sourceMac: string;
  destinationMac: string;
  vlan: number | null;
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

/** A packet that carries another inside, between the two ends of a tunnel. */
export interface Outer {
  packet: FlowPacket;
  tunnel: Tunnel;
  carries: FlowPacket | NeighbourMessage;
}

/** An ICMP error about a packet of a tunnel, or a later fragment of one, which shows nothing of what it carries. */
export interface Beside {
  packet: FlowPacket;
  tunnel: Tunnel;
  carries: 'error' | 'fragment';
}

/** A question about an address, or its answer, as it was seen at one device. */
export type NeighbourMessage = Pick<Frame, 'time' | 'node' | 'link' | 'way'> &
  NonNullable<Decoded['neighbourly']> & { frame: number };

export interface Flow {
  /** In the order they were first seen. */
  packets: FlowPacket[];
  /** Questions and answers about addresses, of everybody. */
  neighbourly: NeighbourMessage[];
  /** The outer packets that carried the probe's packets, and questions, through tunnels. */
  outers: Outer[];
  /** Other sights of these packets. */
  beside: Beside[];
}

/** At the same device, as many hops from where it was made. */
export function samePlace(one: Sight, other: Sight): boolean {
  const place = (['node', 'link', 'way'] as const).every((key) => one[key] === other[key]);
  return place && one.header.ttl === other.header.ttl;
}
