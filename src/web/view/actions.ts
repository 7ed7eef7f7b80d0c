import type { Result } from '../../protocol/methods.ts';
import type { Question } from '../parts/confirm.tsx';
import type { Practising } from '../practice/use-practice.tsx';
import type { Hint } from '../state/protocol-types.ts';

type Applied = Result<'steps.apply'>;

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
