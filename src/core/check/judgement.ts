import type { ProbeOutcome } from '../probe/probe.ts';
import type { NodeState, Observation, Process } from '../state/observation.ts';
import { misspelt } from '../text/nearest.ts';
import { missingNode } from '../verdict/missing-node.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Status, Values, Verdict } from '../verdict/verdict.ts';

/** The input of a judge: the arguments of the check, the state and the outcomes of its probes. */
export interface JudgeFacts<A> {
  args: A;
  observation: Observation;
  processes: Process[];
  /** Answers to `probesOf(check)`, in its order; null where the node to send from was not there. */
  outcomes: (ProbeOutcome | null)[];
}

/** The result of a judge of one kind; judge.ts adds the check and the step. */
export interface Judgement extends Omit<Verdict, 'check' | 'step'> {
  status: Extract<Status, 'pass' | 'fail' | 'could-not-check'>;
}

/** The part every judgement of one check shares. */
export type Frame = Pick<Judgement, 'node' | 'object' | 'expected' | 'values' | 'evidence'>;

/** The part of a check that asks whether one of the node's kernel tables, printed by `list`, has an entry. */
export function entryFrame(
  on: string,
  object: string,
  wanted: string,
  list: string,
  absent?: boolean,
): Frame {
  return {
    node: on,
    object,
    expected: absent ? '-' : wanted,
    values: { list, wanted, absent: absent ? 'yes' : '' },
    evidence: [],
  };
}

export function pass(frame: Frame, observed: string): Judgement {
  return { ...frame, status: 'pass', reason: null, observed, values: { ...frame.values, observed } };
}

export function fail(frame: Frame, reason: Reason, observed: string, values: Values = {}): Judgement {
  return { ...frame, status: 'fail', reason, observed, values: { ...frame.values, observed, ...values } };
}

export function unchecked(frame: Frame, reason: Reason, observed: string, values: Values = {}): Judgement {
  return { ...fail(frame, reason, observed, values), status: 'could-not-check' };
}

/** The node a check is about, or the judgement that it is not there (which no `absent` turns into a pass). */
export function nodeOr(frame: Frame, observation: Observation, name: string): NodeState | Judgement {
  const node = observation.nodes[name];
  if (node !== undefined) return node;
  const names = Object.keys(observation.nodes);
  const near = misspelt(name, names);
  const misnamed = observation.nodes[near]?.kind === 'container' ? near : '';
  return {
    ...fail(frame, missingNode(observation), names.join(', '), { name, near, misnamed }),
    node: name,
    object: name,
  };
}

export function isJudgement(value: NodeState | Judgement): value is Judgement {
  return 'status' in value;
}
