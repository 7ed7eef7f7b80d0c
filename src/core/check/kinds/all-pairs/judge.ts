import { evidenceOf } from '../../../diagnose/evidence.ts';
import { type PairCause, pairCauses } from '../../../diagnose/pairs.ts';
import type { FailedPair, PairEnd, PairsFindings } from '../../../probe/pairs.ts';
import type { Observation } from '../../../state/observation.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
  unchecked,
} from '../../judgement.ts';
import { failed, outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';

/** Every pair has its reply; else the cause of most failures is the verdict's, and the others are evidence. */
export function judgeAllPairs({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const frame: Frame = {
    node: 'host',
    object: null,
    expected: pairsOf(args.nodes?.length ?? 0),
    values: { nodes: (args.nodes ?? []).join(', '), family: args.family },
    evidence: [],
  };
  for (const name of args.nodes ?? []) {
    const node = nodeOr(frame, observation, name);
    if (isJudgement(node)) return node;
  }
  const outcome = outcomeOr(frame, observation, 'host', outcomes[0]);
  if ('reason' in outcome) return outcome;
  const { pairs } = outcome;
  if (pairs === undefined || pairs.ends.length + pairs.without.length < 2)
    return unchecked(frame, 'tool-failed', '-', { tool: `${outcome.evidence.command}: no two addresses` });
  const whole = frameOf(frame, pairs);
  const [cause, ...others] = causesOf(observation, pairs);
  if (cause === undefined) {
    return pairs.unasked === 0
      ? pass(whole, whole.expected)
      : unchecked(whole, 'tool-failed', String(repliesIn(pairs)), { tool: outcome.evidence.command });
  }
  const listed = { ...outcome.evidence, output: [cause, ...others].map(lineOf).join('\n') };
  return judgementOf({ ...whole, evidence: [listed] }, observation, pairs, cause);
}

/** The judgement of one cause. */
export function judgementOf(
  frame: Frame,
  observation: Observation,
  pairs: PairsFindings,
  { finding }: PairCause,
): Judgement {
  const replies = String(repliesIn(pairs));
  if (pairs.crowded && finding.reason === 'no-answer')
    return unchecked(frame, 'tool-failed', replies, { tool: 'gc_thresh3' });
  const evidence = [...frame.evidence, ...evidenceOf(observation, finding)];
  if (finding.reason === 'no-answer')
    return { ...fail(frame, 'no-answer', replies, finding.values), evidence };
  return { ...failed(frame, replies, finding), evidence };
}

export function frameOf(frame: Frame, { ends, without }: PairsFindings): Frame {
  const count = ends.length + without.length;
  const names = [...ends.map(({ node }) => node), ...without];
  const nodes =
    names.length > 8 ? `${names.slice(0, 7).join(', ')}, ... (${names.length})` : names.join(', ');
  return { ...frame, expected: pairsOf(count), values: { ...frame.values, nodes } };
}

const pairsOf = (nodes: number) => String(nodes * (nodes - 1));

/** A node without an address has no pair that could be tried. */
export function causesOf(observation: Observation, { ends, without, failed }: PairsFindings): PairCause[] {
  const [to] = ends;
  const untried = without.flatMap((node): FailedPair[] =>
    to === undefined ? [] : [{ from: { node, address: '' }, to, result: 'no-route', by: null }],
  );
  return pairCauses(observation, [...failed, ...untried]);
}

const repliesIn = ({ ends, failed, unasked }: PairsFindings) =>
  ends.length * (ends.length - 1) - failed.length - unasked;

/** Pairs of one cause that are listed. */
const most = 6;

function lineOf({ finding: { reason, node, object }, pairs }: PairCause): string {
  const name = ({ node, address }: PairEnd) => (address === '' ? node : `${node} (${address})`);
  const some = pairs.slice(0, most).map(({ from, to }) => `${from.node} > ${name(to)}`);
  const more = pairs.length > most ? [`... ${pairs.length - most}`] : [];
  return `${pairs.length} ${reason} ${node}${object === null ? '' : ` ${object}`}: ${[...some, ...more].join(', ')}`;
}
