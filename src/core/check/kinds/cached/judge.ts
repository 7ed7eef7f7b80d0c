import { evidenceOf } from '../../../diagnose/evidence.ts';
import { diagnoseName } from '../../../diagnose/names.ts';
import {
  type Frame,
  fail,
  isJudgement,
  type JudgeFacts,
  type Judgement,
  nodeOr,
  pass,
} from '../../judgement.ts';
import { failed, outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';

/** A name server answers a query it has just answered without another query of its own. */
export function judgeCached({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, name, type, server, at } = args;
  const dig = ['dig', ...(server === undefined ? [] : [`@${server}`]), name, type].join(' ');
  const values = { from, name, dig, at, server: server ?? '' };
  const frame: Frame = { node: from, object: name, expected: at, values, evidence: [] };
  const watched = nodeOr(frame, observation, at);
  if (isJudgement(watched)) return watched;
  const outcome = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in outcome) return outcome;
  if (outcome.result !== 'answer') {
    const finding = diagnoseName(observation, from, name, outcome);
    frame.evidence = [...frame.evidence, ...evidenceOf(observation, finding)];
    return failed(frame, outcome.result, finding);
  }
  const { arrived = false, sent = [], server: asked = '' } = outcome.names ?? {};
  if (!arrived) {
    const own = watched.links.find(({ kind }) => kind !== 'loopback')?.addresses[0]?.address ?? at;
    return fail(frame, 'wrong-name-server', asked, { server: asked, expected: own });
  }
  if (sent.length === 0) return pass(frame, asked);
  return { ...fail(frame, 'not-cached', sent.join(', ')), node: at };
}
