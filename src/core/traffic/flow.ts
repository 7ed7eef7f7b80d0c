/** One end of a flow, as the packets have it. */
export interface FlowEnd {
  address: string;
  port: number | null;
}

/**
 * - `under-way`: nothing can be said yet, or nothing is expected to come back.
 * - `answered`: a reply was seen at the node that began it.
 * - `refused`: a reset or an ICMP error came back.
 * - `unanswered`: it arrived at `where`, and no reply left there.
 * - `dropped`: the packets, or their replies, were last seen at `where`, and that was not their end.
 */
export const flowVerdicts = ['under-way', 'answered', 'refused', 'unanswered', 'dropped'] as const;
export type FlowVerdict = (typeof flowVerdicts)[number];

export interface FlowPlace {
  node: string;
  link: string;
}

/** A conversation as a sample of its packets shows it. */
export interface Flow {
  /** In the order in which they began. */
  number: number;
  /** `icmp` (of both families), `tcp`, `udp`, `arp`, `ndp`, or another protocol's name or number. */
  protocol: string;
  /** The node where its first packet was seen first. */
  from: string;
  source: FlowEnd;
  destination: FlowEnd;
  /** Its ends as they were last seen elsewhere, where NAT rewrites them. */
  translated: { source: FlowEnd; destination: FlowEnd } | null;
  /** Packets in the sample, both directions. */
  packets: number;
  /** The sample has gaps: there were more packets than were looked at. */
  sampled: boolean;
  verdict: FlowVerdict;
  where: FlowPlace | null;
  /** hoplab began it: a check or a trace. */
  own: boolean;
  /** Milliseconds since 1970. */
  firstAt: number;
  lastAt: number;
}

/** Packets of a flow that passed an interface. */
export interface Crossing extends FlowPlace {
  flow: number;
  way: 'in' | 'out';
  direction: 'request' | 'reply' | 'error';
  /** In this sample. */
  packets: number;
  /** Milliseconds since the first packet of the sample. */
  after: number;
}

export interface TrafficNews {
  /** New or changed. */
  flows: Flow[];
  crossings: Crossing[];
}

/** Flows that are remembered, and flows and crossings of one piece of news. */
export const [mostFlows, mostNewFlows, mostCrossings] = [200, 64, 256];
