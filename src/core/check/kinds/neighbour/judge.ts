import { sameAddress } from '../../../state/ip.ts';
import { neighbourEvidence } from '../../../verdict/evidence.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
} from '../../judgement.ts';
import type { Args } from './schema.ts';

/** The node knows, or does not know, the MAC address of a neighbour. */
export function judgeNeighbour({ args, observation }: JudgeFacts<Args>): Judgement {
  const { on, address, absent } = args;
  const frame: Frame = {
    node: on,
    object: address,
    expected: absent ? '-' : address,
    values: { address, absent: absent ? 'yes' : '' },
    evidence: [],
  };
  const node = nodeOr(frame, observation, on);
  if (isJudgement(node)) return node;
  frame.evidence = [neighbourEvidence(observation, on, node)];
  const entries = node.neighbours.filter((one) => sameAddress(one.address, address));
  const known = entries.find((one) => one.mac !== null && !['FAILED', 'INCOMPLETE'].includes(one.state));
  if (known !== undefined) {
    const observed = `${known.address} ${known.mac}`;
    return absent ? fail(frame, 'neighbour-present', observed, { link: known.dev }) : pass(frame, observed);
  }
  const observed = entries[0]?.state ?? '-';
  return absent ? pass(frame, observed) : fail(frame, 'neighbour-missing', observed);
}
