import { nearlyDropped } from '../../../path/model/near-drop.ts';
import type { Packet } from '../../../path/model/packet.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import { diagnoseProbe, expectedFailure, failed, outcomeOr } from '../../probe-frame.ts';
import { shownBy, witnessedFinding } from '../../witnessed.ts';
import type { Args } from './schema.ts';

/** A ping is answered, or fails for the one reason it must fail for. */
export function judgePing({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, to, expect, control } = args;
  const values = { from, to, expect };
  const frame: Frame = { node: from, object: to, expected: expect, values, evidence: [] };
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  const packet: Packet = { from, to, protocol: 'icmp', port: null };
  if (outcome.result === 'reply') {
    if (expect === 'reply') return pass(frame, 'reply');
    return fail(frame, 'unexpected-reply', 'reply', nearlyDropped(observation, packet, expect));
  }
  const finding = diagnoseProbe(frame, observation, packet, outcome);
  if (expect === 'reply')
    return failed(frame, outcome.result, shownBy(frame, observation, finding, outcomes));
  return expectedFailure(frame, expect, witnessedFinding(finding, outcomes[2]), control, outcomes[1]);
}
