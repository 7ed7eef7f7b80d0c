import type { Finding } from '../path/model/finding.ts';
import type { Packet } from '../path/model/packet.ts';
import { firstTrouble, walk } from '../path/model/walk.ts';
import type { ProbeOutcome, ProbeResult } from '../probe/probe.ts';
import { parseIp } from '../state/ip.ts';
import type { Observation } from '../state/observation.ts';
import { missingNode } from '../verdict/missing-node.ts';
import { agrees } from './agreement.ts';
import { givenOn } from './given.ts';

/**
 * The one reason a probe got no answer: the first obstacle on its packet's way through the state, if the
 * probe ended as that obstacle makes it end. Otherwise only as much as the probe itself proves.
 */
export function diagnose(observation: Observation, packet: Packet, outcome: ProbeOutcome): Finding {
  const { from, to } = packet;
  const known: Finding['values'] = { from, to, result: outcome.result, by: outcome.by ?? '' };
  if (observation.nodes[from] === undefined) {
    return { reason: missingNode(observation), node: from, object: from, values: { ...known, name: from } };
  }
  const tried = parseIp(to) === null ? outcome.names?.addresses?.[0] : to;
  if (tried === undefined) return unresolved(packet, outcome.result, { ...known, ...nearOf(outcome) });
  const way = walk(observation, { ...packet, to: tried });
  const trouble = firstTrouble(way);
  if (trouble?.kind === 'lost' && agrees(outcome.result, trouble, from)) {
    const { reason, node, object, values } = trouble;
    // A rule that rejects sends an error; here it did not arrive.
    const quiet = reason === 'rejected-by-rule' && outcome.result === 'silence' ? { quiet: from } : {};
    return { reason, node, object, values: { ...known, ...values, ...quiet, ...givenOn(way, trouble) } };
  }
  if (outcome.result === 'no-route')
    return { reason: 'no-route', node: from, object: to, values: { ...known, dst: to } };
  const undecided = trouble?.kind === 'undecided' ? trouble.object : '';
  const suspect = trouble?.kind === 'lost' ? trouble.reason : '';
  return { reason: 'no-answer', node: from, object: to, values: { ...known, undecided, suspect } };
}

/** A line of a file that fits but for one thing, as the words take it. */
export function nearOf({ names }: ProbeOutcome): Finding['values'] {
  const near = names?.near;
  return near === undefined ? {} : { near: near.line, nearFile: near.file, slip: near.slip };
}

function unresolved(packet: Packet, result: ProbeResult, values: Finding['values']): Finding {
  const reason = result === 'name-unknown' ? 'name-unknown' : 'no-answer';
  const more = { name: packet.to, undecided: '', suspect: '' };
  return { reason, node: packet.from, object: packet.to, values: { ...values, ...more } };
}
