import type { Reason } from '../verdict/reasons.ts';
import type { Control } from './check.ts';

/** A probe of hoplab's own that is traced: an echo request, or a TCP connection or UDP datagram to a port. */
export interface TracedProbe {
  from: string;
  to: string;
  tcp?: number;
  udp?: number;
}

/** The chains of table nat in which the kernel translates. */
export const natChains = ['PREROUTING', 'OUTPUT', 'POSTROUTING', 'INPUT'] as const;
export type NatChain = (typeof natChains)[number];

/** Checks of the way a packet takes. Keys left out are not asked. */
export interface PathArguments {
  path: TracedProbe & {
    /** Nodes it passes, in this order; others may lie between. */
    through?: string[];
    /** Nodes it never comes to, not even as a switch's port. */
    never?: string[];
    /** Where the request is translated: exactly so often, in this order. */
    translated?: { at: string; chain: NatChain }[];
    /** Its source address when it comes to a node. */
    source?: { at: string; address: string };
    /** The answer takes the same nodes back. */
    symmetric?: boolean;
    /** Where the request ends: taken in there, or thrown away or refused for this reason. Otherwise it is answered. */
    ends?: { at: string; reason?: Reason };
    control?: Control;
  };
  /** What a node makes of a packet's addresses, in its conntrack table, on the wire and in its rules' counters. */
  nat: TracedProbe & {
    at: string;
    source?: string;
    destination?: string;
    /** The port it is sent on to. */
    port?: number;
    /** The source the receiver sees, where another node translates behind `at`. */
    seen?: string;
    /** The rule that does it: one that means the same. */
    like?: string;
  };
}
