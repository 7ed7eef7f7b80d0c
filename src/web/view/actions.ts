import type { ReactNode } from 'react';
import type { Result } from '../../protocol/methods.ts';
import type { Hint } from '../state/protocol-types.ts';

type Applied = Result<'steps.apply'>;
export type RevealResult = Result<'sessions.reveal'>;

/** Asked before an action that takes something away. */
export interface Question {
  title: string;
  text: string;
  yes: string;
  /** What it will change, as far as that can be told beforehand. */
  changes?: ReactNode;
  act(): void;
}

export interface Practising {
  /** Puts a mistake into a finished lab; which, is not said. */
  practise(): void;
  reveal(): void;
  /** Asks first where the search is not over. */
  giveUp(): void;
  revealed: RevealResult | null;
  forget(): void;
}

/** What a learner can do with the session, and what came of it. */
export interface Actions extends Omit<Practising, 'forget'> {
  /** Step whose text is shown; not always the one the session is at. '' is the introduction. */
  viewed: string;
  look(step: string): void;
  check(): void;
  /** Steps whose checks were asked for by the learner: there, a failure is said plainly. */
  asked: ReadonlySet<string>;
  hint: Hint | 'none' | null;
  askHint(): void;
  apply(): void;
  applied: Applied | null;
  goto(step: string): void;
  reset(): void;
  reboot(): void;
  undo(): void;
  question: Question | null;
  ask(): void;
}
