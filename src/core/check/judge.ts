import type { ProbeOutcome } from '../probe/probe.ts';
import type { Observation, Process } from '../state/observation.ts';
import { promptOf } from '../verdict/evidence.ts';
import { placeValues } from '../verdict/places.ts';
import type { Values, Verdict } from '../verdict/verdict.ts';
import { type Check, type CheckKind, type CheckOf, kindOf } from './check.ts';
import type { JudgeFacts, Judgement } from './judgement.ts';

/** A check, and everything that was seen when it was asked. */
interface JudgeInput {
  step: string;
  check: Check;
  observation: Observation;
  processes: Process[];
  /** Answers to `probesOf(check)`, in its order; null where the node to send from does not exist. */
  outcomes: (ProbeOutcome | null)[];
}

/**
 * The verdict of a check: `pass`, `fail` with a reason, or `could-not-check` if hoplab's own tool failed.
 * `values` has the values that the words need; `asked` is the kind of the check.
 */
export function judge(input: JudgeInput): Verdict {
  const { step, check, observation } = input;
  return verdictOf(ask(check, input), { step, check: check.id, kind: check.kind, observation });
}

/** A judgement, and what it is the judgement of. */
export function verdictOf(
  judgement: Judgement,
  {
    step,
    check,
    kind,
    observation,
  }: { step: string; check: string; kind: CheckKind; observation: Observation },
): Verdict {
  const node = judgement.node ?? 'host';
  const values: Values = {
    ...promptOf(observation, node),
    ...judgement.values,
    ...placeValues(observation, node, judgement.values),
    node,
    asked: kind,
  };
  return { ...judgement, check, step, values };
}

function ask<K extends CheckKind>(
  { kind, args }: CheckOf<K>,
  seen: Omit<JudgeFacts<unknown>, 'args'>,
): Judgement {
  const { observation, processes, outcomes } = seen;
  return kindOf(kind).judge({ args, observation, processes, outcomes });
}
