import type { Check } from '../check/check.ts';
import type { TracedProbe } from '../check/trace-args.ts';
import type { Text } from '../language.ts';

/** A question a learner answers before looking; only the machine knows the answer. */
export interface Prediction {
  id: string;
  /** The question, from the step's prose. */
  ask: Text;
  /** Checks of the step that pass when the question is asked. */
  after: string[];
  /** Checks of the step none of which passes yet. With neither: the step is not done. */
  before: string[];
  answer: Question;
  /** Empty: the answer is typed freely. */
  choices: Choice[];
  /** The answer that the author expects; acceptance runs compare it with the machine's. */
  expected: string[] | null;
}

export interface Choice {
  value: string;
  text: Text;
}

/** How the answer is found. */
export type Question =
  /** How a probe ends: `reply`, `no-route`, `silence`... */
  | { kind: 'ping'; from: string; to: string }
  | { kind: 'tcp'; from: string; to: string; port: number }
  /** The node where a packet, or its answer, ends; `nowhere` where the answer comes back. */
  | ({ kind: 'dies-at' } & TracedProbe)
  /** The reason for which it ends there. */
  | ({ kind: 'why' } & TracedProbe)
  /** The source address a ping has on arrival; `nothing` where none arrives. */
  | { kind: 'source'; from: string; to: string; at: string }
  /** The output of a command, or the first group of `match` in it. */
  | { kind: 'output'; on: string; run: string; match?: string }
  /** Those of the checks that pass: any number, or exactly one. */
  | { kind: 'which' | 'one-of'; checks: Check[] };

export const none = 'none';
export const nowhere = 'nowhere';
export const nothing = 'nothing';

/** Answers that mean the same in every lab. */
export const standardAnswers = [
  'reply',
  'answer',
  'no-route',
  'host-unreachable',
  'rejected',
  'silence',
  nowhere,
  nothing,
  none,
] as const;
export type StandardAnswer = (typeof standardAnswers)[number];

/** A learner's answer, and the machine's. */
export interface Predicted {
  prediction: string;
  answer: string[];
  truth: string[];
  right: boolean;
}
