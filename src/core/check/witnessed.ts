import { evidenceOf } from '../diagnose/evidence.ts';
import type { Finding } from '../path/model/finding.ts';
import { isPacketReason } from '../path/recording/hop.ts';
import type { ProbeOutcome } from '../probe/probe.ts';
import type { Observation } from '../state/observation.ts';
import { reasons } from '../verdict/reasons.ts';
import type { Frame } from './judgement.ts';

/** The failure that a probe's packets prove, if they were watched; else the finding from the state. */
export function witnessedFinding(finding: Finding, outcome: ProbeOutcome | null | undefined): Finding {
  const path = outcome?.traced?.path;
  if (path === undefined || path.gaps.length > 0 || outcome?.result === 'tool-failed') return finding;
  const { reason, node, object, values, kind } = path.end;
  const seen = reasons.find((one) => one === reason);
  if (seen !== undefined && kind !== 'delivered')
    return { reason: seen, node, object, values: { ...finding.values, ...values } };
  // Last seen where the state predicts the end: no contradiction.
  if (kind !== 'delivered' && node === finding.node) return finding;
  const unseen = { ...finding.values, undecided: '', suspect: finding.reason };
  return { ...finding, reason: 'no-answer', values: unseen };
}

/** The reason of a silence that the state does not explain, if the packets of a trace show one. */
export function shownBy(
  frame: Frame,
  observation: Observation,
  finding: Finding,
  outcomes: readonly (ProbeOutcome | null)[],
): Finding {
  const path = outcomes.findLast((one) => one?.traced !== undefined)?.traced?.path;
  if (finding.reason !== 'no-answer' || path === undefined || path.gaps.length > 0) return finding;
  const { reason, node, object, values, kind, text } = path.end;
  // No check asks about it: the verdict says what the trace says.
  if (isPacketReason(reason) && kind !== 'delivered')
    return {
      ...finding,
      node,
      object,
      values: { ...finding.values, 'seen-en': text.en, 'seen-ko': text.ko },
    };
  const seen = reasons.find((one) => one === reason);
  if (seen === undefined || kind === 'delivered') return finding;
  const shown = { reason: seen, node, object, values };
  frame.evidence = [...frame.evidence, ...evidenceOf(observation, shown)];
  return shown;
}
