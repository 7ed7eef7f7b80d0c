import type { CheckArguments, CheckKind } from '../check/check.ts';
import type { GapCode } from '../path/recording/gap.ts';
import type { PredictionWords } from '../predict/words.ts';
import type { ProbeResult } from '../probe/probe.ts';
import type { ProblemCode } from '../text/said.ts';
import type { Slip } from '../text/slip.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Template } from './template.ts';
import type { TraceWords } from './trace/words.ts';

/**
 * The ladder of a reason: each rung has more detail. The last rung, the command, is the same in every
 * language.
 */
export interface Ladder {
  /** The actual and the expected state. */
  what: Template;
  /** Why it matters. */
  why: Template;
  /** Commands to look with, and their output. */
  where: Template;
  /** The thing to change, not yet how. */
  idea: Template;
}

/** The question of a check, and its finding when it passes. */
export interface CheckPhrases {
  expected: Template;
  /** The same question the other way about: with `absent`, or an expected failure. */
  negated?: Template;
  observed: Template;
}

/**
 * The question of each kind of check, before its first verdict: a kind without a sentence does not compile.
 */
export type Questions = { [K in CheckKind]: (args: CheckArguments[K]) => string };

/** A lab that was made of a network. */
interface SavedLabText {
  /** The track of labs that a user has saved. */
  track: string;
  summary: string;
  intro: string;
  /** Title and first paragraph of its one step. */
  step: string;
  body: string;
}

/** All texts of the core in one language. */
export interface Words {
  savedLab: SavedLabText;
  reasons: Record<Reason, Ladder>;
  questions: Questions;
  asked: Record<CheckKind, CheckPhrases>;
  /** The two ends of a packet's header. */
  sides: Record<'source' | 'destination', string>;
  /** How a probe ended. */
  results: Record<ProbeResult, string>;
  /** The meaning of a drop reason of the kernel (enum skb_drop_reason). */
  drops: Record<string, string>;
  /** The parts that a trace could not see. */
  gaps: Record<GapCode, Template>;
  /** How a line of a file differs from the intended one. */
  slips: Record<Slip, string>;
  /** Behind a reason: the line that it lacks has taken effect on another node. */
  typedElsewhere: Template;
  /** The verdict of a check that waits for another. */
  blocked: Template;
  /** What is wrong in a lab's files, or in a request. */
  problems: Record<ProblemCode, Template>;
  /** The types of values in files. */
  types: Record<string, string>;
  traces: TraceWords;
  predictions: PredictionWords;
  machine: MachineWords;
  /**
   * Over the commands of a hint: they are typed to cure, they only show something, or they are another way. `blanks`
   * stands behind the first and the third where words in capitals are to be filled in, `compare` ends a hint with
   * nothing to type.
   */
  cureHeads: Record<'type' | 'look' | 'or' | 'blanks' | 'compare', string>;
  /** Completes a text once its values are filled in: Korean particles, for one. */
  finish: (text: string) => string;
  /** A judge's note in a few language-free terms, put into this language. */
  terms: (text: string) => string;
  /** The wish or the finding of a kind of check, noted in the words of commands, put into this language. */
  facts: (kind: string, text: string) => string;
}

/** The replies of a machine's shell to the command `hoplab`, which works outside only. */
export interface MachineWords {
  reboot: string;
  outside: string;
}
