import { queueValues } from '../../path/model/queueing.ts';
import type { RuleStep, TracedHop } from '../../path/recording/hop.ts';
import type { NodeState } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';

const queued = /-j NFQUEUE\b|\bqueue\b/;

/** The rule that gave the packet to a queue out of which it did not come: the end of its hook did not see it. */
export function queuedBy({ rules, hooks, out }: TracedHop): RuleStep | null {
  const last = rules.at(-1);
  if (last === undefined || out !== null || !isQueued(last)) return null;
  const hook = last.family === 'bridge' ? `bridge ${last.hook}` : last.hook;
  return hooks.includes(hook) ? null : last;
}

/** The queues that the rule of a step names. */
export const queueOf = (step: RuleStep, state: NodeState): Values =>
  isQueued(step) ? queueValues(step.rule ?? '', state) : {};

const isQueued = ({ verdict, rule }: RuleStep): boolean => verdict === 'other' && queued.test(rule ?? '');
