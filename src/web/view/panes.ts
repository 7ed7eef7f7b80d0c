import type { Lab, Snapshot } from '../state/protocol-types.ts';
import type { Bench } from './bench.ts';

export type PaneName = 'prose' | 'picture' | 'terminals' | 'packets';

/** The panes of a phone: there the checks are apart from the text. */
export type Tab = PaneName | 'checks';

export interface ViewProps {
  bench: Bench;
  lab: Lab;
  snapshot: Snapshot;
}
