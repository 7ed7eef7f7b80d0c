import { nearlyDropped } from '../../../path/model/near-drop.ts';
import type { Packet } from '../../../path/model/packet.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import { diagnoseProbe, expectedFailure, failed, outcomeOr } from '../../probe-frame.ts';
import { shownBy, witnessedFinding } from '../../witnessed.ts';
import type { Args } from './schema.ts';

/** A TCP connection is accepted, or fails for the one reason it must fail for. */
export function judgeTcp({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, to, port, expect, control } = args;
  const values = { from, to, port: String(port), expect };
  const frame: Frame = { node: from, object: `${to}:${port}`, expected: expect, values, evidence: [] };
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  const packet: Packet = { from, to, protocol: 'tcp', port };
  if (outcome.result === 'answer') {
    if (expect === 'accepted') return pass(frame, 'answer');
    const near = nearlyDropped(observation, packet, expect);
    return fail(frame, 'unexpected-reply', 'answer', { open: String(port), ...near });
  }
  const finding = diagnoseProbe(frame, observation, packet, outcome);
  if (expect === 'accepted')
    return failed(frame, outcome.result, shownBy(frame, observation, finding, outcomes));
  return expectedFailure(frame, expect, witnessedFinding(finding, outcomes[2]), control, outcomes[1]);
}
