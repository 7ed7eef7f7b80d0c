import type { NodeState } from '../../state/observation.ts';
import type { Headers } from './packet.ts';

/** The properties of a packet that rules can see at a hook. */
export interface Sighting {
  node: NodeState;
  headers: Headers;
  in: string | null;
  out: string | null;
  /** Conntrack's word for the packet. */
  state: 'NEW' | 'ESTABLISHED' | 'INVALID' | 'UNTRACKED';
  /** The connection's first packet passes the nat table; later ones are translated by conntrack alone. */
  natted: boolean;
  /** The connection as its node knows it: first packet as it came, and as it left so far. */
  original: Headers;
  translated: Headers;
  /** An answer: an echo reply, a SYN,ACK. */
  answer: boolean;
  /** Of ICMP that is no echo. */
  icmpType?: number;
  /** Null once something unknown was put into it. */
  mark: number | null;
  /** How the next match that depends on chance falls; without, such a match is unknown. */
  chance?: () => boolean;
}
