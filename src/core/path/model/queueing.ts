import type { NfqueueTarget } from 'iptables-parser-ts';
import type { NodeState } from '../../state/observation.ts';
import type { Values } from '../../verdict/verdict.ts';

type Verdict = 'accept' | 'drop' | 'undecided';

/**
 * What becomes of a packet that a rule gives to a queue (nf_queue): the kernel drops it where no program reads the
 * queue, or lets it pass with --queue-bypass. A program that reads it decides otherwise.
 */
export function queueing({ queue = 0, balance, bypass }: NfqueueTarget, { queues }: NodeState): Verdict {
  const { from, to } = balance ?? { from: queue, to: queue };
  if (queues?.some((one) => from <= one && one <= to) === true) return 'undecided';
  return bypass === undefined ? 'drop' : 'accept';
}

/** The queues that a rule of iptables or nftables names, queue 0 where it names none; `unread`: no program reads them. */
export function queueValues(rule: string, { queues = [] }: Pick<NodeState, 'queues'>): Values {
  if (!/-j NFQUEUE\b|\bqueue\b/.test(rule)) return {};
  const [, queue = '0'] = /(?:--queue-(?:num|balance)|\b(?:to|num)) (\d\S*)/.exec(rule) ?? [];
  const [from = 0, to = from] = queue.split(/[-:]/).map(Number);
  return queues.some((one) => from <= one && one <= to) ? { queue } : { queue, unread: queue };
}
