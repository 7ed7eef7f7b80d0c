import type { HopNews } from '../diagnose/trace/progress.ts';
import type { TracedPath } from '../path/recording/hop.ts';
import type { TraceProbe } from '../probe/trace-probe.ts';

/**
 * The trace that a client requests. `to`: an address, a node, or a name; null: the host in the probe's URL.
 */
export interface TraceCall {
  from: string;
  to: string | null;
  probe: TraceProbe;
}

export interface Traced {
  path: TracedPath;
  /** Milliseconds from the request to the finished path. */
  milliseconds: number;
  /** Everything that was captured, as a pcapng file. */
  pcapng: Uint8Array;
}

export type HopListener = (news: HopNews) => void;
