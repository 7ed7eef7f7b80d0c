import { verdictOf } from '../core/check/judge.ts';
import { causesOf, frameOf, judgementOf } from '../core/check/kinds/all-pairs/judge.ts';
import { isSettled } from '../core/check/settled.ts';
import { HoplabError } from '../core/errors.ts';
import type { Machine } from '../core/ports.ts';
import type { PairsFindings } from '../core/probe/pairs.ts';
import type { FailedPairs, PingAllCall, PingedAll } from '../core/session/pinging.ts';
import type { Observation } from '../core/state/observation.ts';
import { unknownNode } from '../core/text/unknown-node.ts';

/** Pings every node of a machine from every other: hastily first, and patiently if the state does not explain a silence. */
export async function pingAll(machine: Machine, asked: PingAllCall): Promise<PingedAll> {
  const started = performance.now();
  const observation = await machine.observe();
  for (const node of asked.nodes ?? []) known(observation, node);
  const send = async (hasty: boolean) => {
    const probe = { kind: 'pairs', from: 'host', ...asked } as const;
    const { pairs } = await machine.probe(probe, hasty, observation);
    if (pairs !== undefined) return { pairs, causes: failedPairs(observation, pairs) };
    const words = 'the pings between all nodes could not be sent';
    throw new HoplabError('feature-missing', words, { tool: 'python3', output: words });
  };
  let sent = await send(true);
  if (!sent.causes.every(({ verdict }) => isSettled(verdict))) sent = await send(false);
  const { ends, without, failed, unasked } = sent.pairs;
  const pairs = ends.length * (ends.length - 1);
  return {
    ...{ nodes: ends, without, pairs, unasked, causes: sent.causes },
    replies: pairs - failed.length - unasked,
    milliseconds: Math.round(performance.now() - started),
  };
}

function known({ nodes }: Observation, node: string): void {
  if (node in nodes) return;
  throw unknownNode(node, Object.keys(nodes));
}

function failedPairs(observation: Observation, findings: PairsFindings): FailedPairs[] {
  const blank = { node: 'host', object: null, expected: '', values: {}, evidence: [] };
  const frame = frameOf(blank, findings);
  return causesOf(observation, findings).map((cause) => ({
    verdict: verdictOf(judgementOf(frame, observation, findings, cause), {
      ...{ step: '', check: '', kind: 'all-pairs', observation },
    }),
    pairs: cause.pairs.map(({ from, to }) => ({ from: from.node, to })),
  }));
}
