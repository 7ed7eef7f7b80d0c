import type { Text } from '../language.ts';
import type { Practice } from '../practice/mistake.ts';
import type { Predicted } from '../predict/prediction.ts';
import type { Verdict } from '../verdict/verdict.ts';

/** One learner's attempt at a lab, as every client sees it. */
export interface SessionSnapshot {
  id: string;
  lab: string;
  title: Text;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** The step the learner is at. */
  step: string;
  steps: StepState[];
  machine: MachineState;
  /** A replaced machine is kept: `undo` would bring it back. */
  canUndo: boolean;
  /** A mistake was put into the finished lab, for the learner to find; null: none was. */
  practice: Practice | null;
  /** How many hints were given for its steps; those of a search for a fault are not counted. */
  hints: number;
  /** Number of the newest event; events are numbered from 1 without gaps. */
  lastEvent: number;
}

export interface StepState {
  id: string;
  title: Text;
  /** When all its checks first passed; null while they have not. */
  doneAt: number | null;
  /** It is done, and only because hoplab typed its solution (`apply`, `goto`). */
  shown: boolean;
  /** It was done, and a check of it that is still asked does not pass now. */
  broken: boolean;
  /** The newest verdict of each of its checks, in the lab's order; empty before the first check. */
  verdicts: Verdict[];
  /** Those of its checks that have passed in this machine, whatever they do now. */
  held: string[];
  /** The newest answer to each of its predictions that has one. */
  predictions: Predicted[];
}

/** `ready`: its pid 1 lives. `gone`: it ended by itself (a learner may have killed it); reset makes a new one. */
export interface MachineState {
  state: 'ready' | 'gone';
  /** Seen from the VM. */
  pid: number;
  /** How long making it and replaying the lab up to the step took. */
  milliseconds: number;
}

/** `advance`: in the same machine. `break`: a finished lab with a mistake in it. */
type Entered = Fresh | 'undo' | 'advance';

/** With a machine that was not there before. */
export type Fresh = 'start' | 'goto' | 'reset' | 'reboot' | 'resume' | 'break';

export type SessionEvent =
  | { type: 'machine'; machine: MachineState }
  | { type: 'step-entered'; step: string; how: Entered }
  | { type: 'line'; step: string; on: string; run: string; exitCode: number | null; output: string }
  | { type: 'verdict'; verdict: Verdict }
  /** `by`: hoplab typed the solution; without it, the learner did the step. */
  | { type: 'step-done'; step: string; by?: 'hoplab' }
  | { type: 'step-broken'; step: string; check: string }
  | { type: 'step-mended'; step: string }
  | ({ type: 'practice' } & Practice)
  /** `cause`: the subject of the ladder; another cause of the same check has its own. */
  | { type: 'hint'; step: string; check: string; cause?: string; rung: number }
  | ({ type: 'predicted'; step: string } & Predicted)
  | { type: 'stopped' };

/** An event with its place in the session's log. */
export interface NumberedEvent {
  number: number;
  /** Milliseconds since the epoch. */
  at: number;
  event: SessionEvent;
}

export interface ApplyOutcome {
  /** The steps whose solution was typed, in order. */
  steps: string[];
  lines: { step: string; on: string; run: string; exitCode: number | null; output: string }[];
  /** Steps of which every check passes already; nothing of them was typed any more. */
  already: string[];
  /** False when a line failed; nothing after it was typed. */
  ok: boolean;
}

/** The next rung of the ladder for the first check that does not pass. */
export interface Hint {
  step: string;
  check: string;
  verdict: Verdict;
  /** 1 the fault, 2 where to look, 3 the idea, 4 the command. */
  rung: 1 | 2 | 3 | 4;
  rungs: 4;
  text: Text;
}
