import type { Result } from '../../protocol/methods.ts';
import type { Snapshot } from '../state/protocol-types.ts';

/** The labs there are, the sessions one can go on with, and which was used last. */
export type StartLists = Result<'labs.list'> & Result<'sessions.list'>;

/** The actions for a lab. */
export interface Hands {
  busy: boolean;
  begin(lab: string): void;
  /** Starts a session and hides a fault in its finished lab; any fault where `seed` is ''. */
  practise(lab: string, seed: string): void;
  end(session: Snapshot): void;
  /** Deletes a lab that was saved here. */
  delete(lab: StartLists['labs'][number]): void;
}
