import type { Difference } from '../state/difference.ts';

/** Which machine would come: the one `goto`, `reset`, `reboot` or `undo` brings. */
export type PreviewRequest = { step: string } | 'reset' | 'reboot' | 'undo';

/** The changes if another machine took the place of the present one. */
export interface Preview {
  /** The step the learner would be at. */
  step: string;
  /** The present machine has ended: there is nothing left to lose. */
  gone: boolean;
  differences: Difference[];
}
