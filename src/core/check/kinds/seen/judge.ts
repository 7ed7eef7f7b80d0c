import { sameAddress } from '../../../state/ip.ts';
import { sourceReason, translator } from '../../judge-source.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
} from '../../judgement.ts';
import { diagnoseProbe, failed, outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';

/** With which source address a node's ping arrives at another: whether it was translated on its way. */
export function judgeSeen({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, to, at, source } = args;
  const values = { from, to, at, expected: source };
  const frame: Frame = { node: at, object: source, expected: source, values, evidence: [] };
  const watched = nodeOr(frame, observation, at);
  if (isJudgement(watched)) return watched;
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  const wrong = outcome.sources.find((one) => !sameAddress(one, source));
  if (wrong !== undefined)
    return fail(
      frame,
      sourceReason(observation, from, source, wrong),
      wrong,
      translator(observation, from, source),
    );
  if (outcome.sources.length > 0) return pass(frame, outcome.sources.join(', '));
  const finding = diagnoseProbe(frame, observation, { from, to, protocol: 'icmp', port: null }, outcome);
  // Nothing arrived: a fault of the reply cannot be the reason.
  if (finding.values.direction !== 'reply') return failed(frame, '-', finding);
  const { values: seen } = finding;
  const witness = { ...seen, undecided: '', suspect: '' };
  return failed(frame, '-', { reason: 'no-answer', node: at, object: source, values: witness });
}
