import { walk } from '../../../path/model/walk.ts';
import { echoData } from '../../../probe/echo.ts';
import type { Observation } from '../../../state/observation.ts';
import { linkEvidence } from '../../../verdict/evidence.ts';
import { type Frame, fail, type JudgeFacts, type Judgement, pass, unchecked } from '../../judgement.ts';
import { diagnoseProbe, failed, outcomeOr } from '../../probe-frame.ts';
import type { Args } from './schema.ts';

/** The largest packet that is answered has as many bytes as it should. */
export function judgeMtu({ args, observation, outcomes }: JudgeFacts<Args>): Judgement {
  const { from, to, bytes } = args;
  const data = String(echoData(to, bytes));
  const values = { from, to, data, expected: String(bytes) };
  const frame: Frame = { node: from, object: to, expected: String(bytes), values, evidence: [] };
  const small = outcomeOr(frame, observation, from, outcomes[0]);
  if ('reason' in small) return small;
  if (small.result !== 'reply') {
    const finding = diagnoseProbe(frame, observation, { from, to, protocol: 'icmp', port: null }, small);
    return failed(frame, small.result, finding);
  }
  const outcome = outcomeOr(frame, observation, from, outcomes[1]);
  if ('reason' in outcome) return outcome;
  const largest = /^largest (\d+)$/m.exec(outcome.body ?? '')?.[1];
  if (largest === undefined) return unchecked(frame, 'tool-failed', '-', { tool: 'python3' });
  // The search is no command that a learner would type.
  frame.evidence = [small.evidence];
  if (Number(largest) === bytes) return pass(frame, largest);
  const narrow = Number(largest) < bytes ? narrowest(observation, args, Number(largest)) : null;
  if (narrow === null) return fail(frame, 'path-mtu', largest);
  const state = observation.nodes[narrow.node];
  if (state !== undefined) frame.evidence.push(linkEvidence(observation, narrow.node, state));
  const place = `${narrow.node}:${narrow.link}`;
  return {
    ...fail(frame, 'path-mtu', largest, { peer: place, place, takes: String(narrow.mtu) }),
    node: narrow.node,
  };
}

/** A receiver takes frames that are longer than its MTU by a VLAN tag (is_skb_forwardable). */
const vlanTag = 4;

/** The first link on the way that takes no more than came through. */
function narrowest(observation: Observation, { from, to, bytes }: Args, largest: number) {
  const { hops } = walk(observation, { from, to, protocol: 'icmp', port: null }).request;
  for (const { node, in: came, out } of hops) {
    for (const name of [came, out]) {
      const link = observation.nodes[node]?.links.find((one) => one.name === name);
      const near = link !== undefined && link.mtu < bytes && link.mtu + vlanTag >= largest;
      if (near && name !== null) return { node, link: name, mtu: link.mtu };
    }
  }
  return null;
}
