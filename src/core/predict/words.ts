import type { Template } from '../explain/template.ts';
import type { StandardAnswer } from './prediction.ts';

/** The texts of a language about predictions. */
export interface PredictionWords {
  /** Answers that mean the same in every lab. */
  answers: Record<StandardAnswer, string>;
  /** `answer`: the learner's; `truth`: the machine's. */
  right: Template;
  wrong: Template;
  /** The question is about the state after a check. */
  early: Template;
  /** The step, or the check named, is done. */
  late: Template;
  undecided: string;
}
