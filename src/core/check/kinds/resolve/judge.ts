import { evidenceOf } from '../../../diagnose/evidence.ts';
import { diagnoseName, expectedNameFailure } from '../../../diagnose/names.ts';
import { parseIp, sameAddress } from '../../../state/ip.ts';
import { type Frame, fail, type Judgement, pass, type Seen } from '../../judgement.ts';
import { failed, outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';

/** What a program on a node gets for a name: an address, or nothing for the one reason it must be nothing. */
export function judgeResolve({ args, observation, outcomes }: Seen<Args>): Judgement {
  const { from, name, address, expect, control } = args;
  const expected = expect === 'answer' ? (address ?? 'an address') : expect;
  const values = { from, name, expect, dig: `dig ${name}`, expected };
  const frame: Frame = { node: from, object: name, expected: address ?? name, values, evidence: [] };
  if (expect !== 'answer') frame.expected = expect;
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  const { addresses = [], order = [] } = outcome.names ?? {};
  if (outcome.result === 'answer') {
    const observed = addresses.join(', ');
    if (expect !== 'answer') return fail(frame, 'unexpected-reply', observed, { to: name });
    if (address === undefined || isFirst(address, addresses)) return pass(frame, observed);
    return fail(frame, 'wrong-answer', observed, { order: order.join(' '), server: '' });
  }
  const finding = diagnoseName(observation, from, name, outcome);
  frame.evidence = [...frame.evidence, ...evidenceOf(observation, finding)];
  if (expect === 'answer') return failed(frame, outcome.result, finding);
  return expectedNameFailure(frame, expect, finding, control, outcomes[1]);
}

/** Programs try the first address first; which family that is depends on the node's own addresses (RFC 6724). */
function isFirst(address: string, addresses: readonly string[]): boolean {
  const family = parseIp(address)?.family;
  const first = addresses.find((one) => parseIp(one)?.family === family);
  return first !== undefined && sameAddress(first, address);
}
