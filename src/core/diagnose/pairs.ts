import type { Finding } from '../path/model/finding.ts';
import type { FailedPair } from '../probe/pairs.ts';
import type { ProbeOutcome } from '../probe/probe.ts';
import type { Observation } from '../state/observation.ts';
import type { Reason } from '../verdict/reasons.ts';
import { diagnose } from './packet.ts';

/** One cause, and all pairs that fail for it. `finding`: of the first of them. */
export interface PairCause {
  finding: Finding;
  pairs: FailedPair[];
}

/** Reasons whose finding names the pair itself and not a third place: one line for all of them. */
const ofThePair: readonly Reason[] = ['no-answer', 'neighbour-silent'];

/** Pairs that are looked into: each takes some milliseconds in a network of a hundred nodes. */
const mostExplained = 200;

/**
 * Why pairs fail, the cause of most of them first: one broken router is one cause. Of very many, some of every sender's
 * are looked into.
 */
export function pairCauses(observation: Observation, failed: readonly FailedPair[]): PairCause[] {
  const causes = new Map<string, PairCause>();
  const step = Math.max(1, failed.length / mostExplained);
  for (let at = 0; at < failed.length; at += step) {
    const pair = failed[Math.floor(at)];
    if (pair === undefined) break;
    const finding = findingOf(observation, pair);
    const { reason, node, object } = finding;
    // The address that a node has no route to is another one in every pair.
    const place = object === pair.to.address ? null : object;
    const key = ofThePair.includes(reason) ? reason : JSON.stringify([reason, node, place]);
    const known = causes.get(key);
    if (known === undefined) causes.set(key, { finding, pairs: [pair] });
    else known.pairs.push(pair);
  }
  return [...causes.values()].sort((one, other) => other.pairs.length - one.pairs.length);
}

function findingOf(observation: Observation, { from, to, result, by }: FailedPair): Finding {
  const packet = { from: from.node, to: to.address, protocol: 'icmp' as const, port: null };
  const evidence = { on: from.node, command: '', output: '' };
  const outcome: ProbeOutcome = { result, by, status: null, body: null, sources: [], evidence };
  return diagnose(observation, packet, outcome);
}
