import type { Params, Result } from '../../protocol/methods.ts';
import type { Observation } from '../state/protocol-types.ts';

export type Path = Result<'path.trace'>['path'];
export type Probe = NonNullable<Params<'path.trace'>['probe']>;

export interface PacketQuestion {
  from: string;
  /** '' where the probe says it itself. */
  to: string;
  probe: Probe;
}

/** A packet that was sent, its path, and the network it went through. */
export interface Sent {
  question: PacketQuestion;
  path: Path;
  state: Observation;
  /** Everything that was captured, in base64. */
  pcapng: string | null;
  /** The packet before it, where that was sent for the same question. */
  before: Sent | null;
}
