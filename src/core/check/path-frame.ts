import { evidenceOf } from '../diagnose/evidence.ts';
import type { TracedPath, TraceEnd } from '../path/recording/hop.ts';
import type { ProbeOutcome } from '../probe/probe.ts';
import type { Observation } from '../state/observation.ts';
import { type Reason, reasons } from '../verdict/reasons.ts';
import type { Control } from './controls.ts';
import { type Frame, fail, type Judgement, unchecked } from './judgement.ts';
import { nodesOf, pathEvidence, requestOf } from './path-sights.ts';
import { expectedFailure, failed, outcomeOr } from './probe-frame.ts';
import type { TracedProbe } from './trace-args.ts';

interface Ended {
  ends?: { at: string; reason?: Reason };
  control?: Control;
}

/** The recorded path of a probe, or the judgement if it could not be recorded completely. */
export function tracedOr(
  frame: Frame,
  observation: Observation,
  probe: TracedProbe,
  outcome: ProbeOutcome | null | undefined,
): TracedPath | Judgement {
  const whole = outcomeOr(frame, observation, probe.from, outcome);
  if ('reason' in whole) return whole;
  const path = whole.traced?.path;
  // The hops that could not be watched may be the ones in question.
  if (path === undefined) return unchecked(frame, 'tool-failed', '-', { tool: '' });
  const [gap] = path.gaps;
  if (gap !== undefined) {
    const { code, node, values } = gap;
    return { ...unchecked(frame, 'tool-failed', code, { ...values, gap: code, node }), node };
  }
  frame.evidence = [pathEvidence(probe, path)];
  frame.evidence.push(...evidenceOf(observation, findingOf(frame, path.end)));
  return path;
}

/** The judgement of a packet that did not end as it should; null where it did. */
export function endedAs(
  frame: Frame,
  { ends, control }: Ended,
  path: TracedPath,
  answer: ProbeOutcome | null | undefined,
): Judgement | null {
  const { end } = path;
  const taken = requestOf(path)?.end;
  if (ends === undefined) return end.kind === 'delivered' ? null : lost(frame, end);
  if (ends.reason === undefined) {
    if (taken?.kind !== 'delivered') return lost(frame, end);
    if (taken.node === ends.at) return null;
    const way = nodesOf(requestOf(path)).join(', ');
    return { ...fail(frame, 'other-path', way, { missed: ends.at, expected: ends.at }), node: taken.node };
  }
  if (end.kind === 'delivered') return fail(frame, 'unexpected-reply', 'reply');
  const finding = { ...findingOf(frame, end), node: end.node };
  const judged = expectedFailure(frame, ends.reason, finding, control, answer);
  if (judged.status !== 'pass' || end.node === ends.at) return judged.status === 'pass' ? null : judged;
  const more = { ...finding.values, actual: finding.reason, actualAt: end.node, expectAt: ends.at };
  return { ...fail(frame, 'other-reason', finding.reason, more), node: end.node };
}

/** It was to come through and did not. */
function lost(frame: Frame, end: TraceEnd): Judgement {
  return failed(frame, end.kind, findingOf(frame, end));
}

function findingOf({ values }: Frame, { reason, node, object, values: seen }: TraceEnd) {
  const none = { undecided: '', suspect: '', result: 'silence' };
  const known = reasons.find((one) => one === reason);
  if (known === undefined)
    return { reason: 'no-answer' as const, node, object, values: { ...values, ...none } };
  return { reason: known, node, object, values: { ...values, ...seen } };
}
