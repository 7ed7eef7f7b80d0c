import type { RuleStep, TracedHop } from '../../path/recording/hop.ts';
import type { Values } from '../../verdict/verdict.ts';

const queued = /-j NFQUEUE\b|\bqueue\b/;

/** The rule that gave the packet to a queue out of which it did not come: the end of its hook did not see it. */
export function queuedBy({ rules, hooks, out }: TracedHop): RuleStep | null {
  const last = rules.at(-1);
  if (last === undefined || out !== null || !isQueued(last)) return null;
  const hook = last.family === 'bridge' ? `bridge ${last.hook}` : last.hook;
  return hooks.includes(hook) ? null : last;
}

/** The queues that a rule names; nft and iptables take queue 0 where it names none. */
export function queueOf(step: RuleStep): Values {
  if (!isQueued(step)) return {};
  const [, queue = '0'] = /(?:--queue-(?:num|balance)|\b(?:to|num)) (\d\S*)/.exec(step.rule ?? '') ?? [];
  return { queue };
}

const isQueued = ({ verdict, rule }: RuleStep): boolean => verdict === 'other' && queued.test(rule ?? '');
