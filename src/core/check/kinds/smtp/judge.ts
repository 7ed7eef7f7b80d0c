import type { Packet } from '../../../path/model/packet.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass } from '../../judgement.ts';
import { diagnoseProbe, expectedFailure, failed, outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';

/** A mail server answers a mail as it should. */
export function judgeSmtp({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, to, port, sender, recipient, code, text, expect, control } = args;
  const wanted = text === undefined ? String(code) : `${code} ${text}`;
  const values = { from, to, port: String(port), sender: sender || '<>', recipient, wanted, expect };
  const frame: Frame = {
    ...{ node: from, object: sender || '<>', values, evidence: [] },
    expected: expect === 'answer' ? wanted : expect,
  };
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  const { result, mail } = outcome;
  if (result === 'answer' && mail !== undefined) {
    const answer = `${mail.code} ${mail.text}`;
    if (expect !== 'answer') return fail(frame, 'unexpected-reply', answer, { to });
    const right = mail.code === code && (text === undefined || mail.text.includes(text));
    return right ? pass(frame, answer) : fail(frame, 'wrong-mail-answer', answer, { stage: mail.stage });
  }
  const packet: Packet = { from, to, protocol: 'tcp', port };
  const finding = diagnoseProbe(frame, observation, packet, outcome);
  if (expect === 'answer') return failed(frame, result, finding);
  return expectedFailure(frame, expect, finding, control, outcomes[1]);
}
