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
  /** The changes it will make, as far as they are known beforehand. */
  changes?: ReactNode;
  act(): void;
}

export interface Practising {
  /** Puts a mistake into a finished lab without a message about which. Null: this lab has nothing finished. */
  practise: (() => void) | null;
  reveal(): void;
  /** Asks first where the search is not over. */
  giveUp(): void;
  revealed: RevealResult | null;
  forget(): void;
}

/** The learner's actions on the session, and their results. */
export interface Actions extends Omit<Practising, 'forget'> {
  /** Step whose text is open; not always the one the session is at. '' is the introduction. */
  viewed: string;
  look(step: string): void;
  check(): void;
  /** Whether the learner asked for the checks of a step: they fail then, and are not only to come. */
  isAsked(step: string): boolean;
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
