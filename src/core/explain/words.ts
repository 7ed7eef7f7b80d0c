import type { CheckArguments, CheckKind } from '../check/check.ts';
import type { GapCode } from '../path/recording/gap.ts';
import type { PredictionWords } from '../predict/words.ts';
import type { ProbeResult } from '../probe/probe.ts';
import type { Slip } from '../text/slip.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Template } from './template.ts';
import type { TraceWords } from './trace/words.ts';

/** The ladder of a reason: each rung says more. The last rung, the command, is the same in every language. */
export interface Ladder {
  /** What is so, and what should be. */
  what: Template;
  /** Why it matters. */
  why: Template;
  /** Where to look: commands and what they show. */
  where: Template;
  /** What to change, not yet how. */
  idea: Template;
}

/** What a check asks and what it found, where it passes. */
export interface CheckPhrases {
  expected: Template;
  /** The same question the other way about: with `absent`, or an expected failure. */
  negated?: Template;
  observed: Template;
}

/** What each kind of check asks, before its first verdict: a kind without a sentence does not compile. */
export type Questions = { [K in CheckKind]: (args: CheckArguments[K]) => string };

/** Everything the core says in one language. */
export interface Words {
  reasons: Record<Reason, Ladder>;
  questions: Questions;
  asked: Record<CheckKind, CheckPhrases>;
  /** The two ends of a packet's header. */
  sides: Record<'source' | 'destination', string>;
  /** How a probe ended. */
  results: Record<ProbeResult, string>;
  /** What the kernel means by a drop reason (enum skb_drop_reason). */
  drops: Record<string, string>;
  /** What a trace could not see. */
  gaps: Record<GapCode, Template>;
  /** What makes a line of a file another one than was meant. */
  slips: Record<Slip, string>;
  /** The verdict of a check that waits for another. */
  blocked: Template;
  traces: TraceWords;
  predictions: PredictionWords;
  machine: MachineWords;
  /** Over the commands of a hint: they are typed to cure, they only show something, or they are another way. */
  cureHeads: Record<'type' | 'look' | 'or', string>;
  /** What a text needs once its values are filled in: Korean particles, for one. */
  finish: (text: string) => string;
  /** What a judge noted in few words of no language, in this one. */
  terms: (text: string) => string;
}

/** What a shell of a machine says where hoplab is looked for inside. */
export interface MachineWords {
  reboot: string;
  outside: string;
}
