import { evidenceOf } from '../diagnose/evidence.ts';
import { diagnose } from '../diagnose/packet.ts';
import type { Finding } from '../path/model/finding.ts';
import type { Packet } from '../path/model/packet.ts';
import type { ProbeOutcome } from '../probe/probe.ts';
import type { Observation } from '../state/observation.ts';
import type { Reason } from '../verdict/reasons.ts';
import type { Values } from '../verdict/verdict.ts';
import type { Control } from './controls.ts';
import { type Frame, fail, isJudgement, type Judgement, nodeOr, pass, unchecked } from './judgement.ts';

/** The outcome a probe's judge goes on with, or the judgement where there is none to judge. */
export function outcomeOr(
  frame: Frame,
  observation: Observation,
  from: string,
  outcome: ProbeOutcome | null | undefined,
): ProbeOutcome | Judgement {
  const node = nodeOr(frame, observation, from);
  if (isJudgement(node)) return node;
  if (outcome === null || outcome === undefined) return unchecked(frame, 'tool-failed', '-', { tool: '' });
  frame.evidence = [outcome.evidence];
  if (outcome.result !== 'tool-failed') return outcome;
  return unchecked(frame, 'tool-failed', outcome.result, { tool: outcome.evidence.command });
}

/** The diagnosis of a probe that got no answer; adds the command that shows the cause to the evidence. */
export function diagnoseProbe(
  frame: Frame,
  observation: Observation,
  packet: Packet,
  outcome: ProbeOutcome,
): Finding {
  const finding = diagnose(observation, packet, outcome);
  frame.evidence = [...frame.evidence, ...evidenceOf(observation, finding)];
  return finding;
}

/** The judgement of a probe that was to be answered and was not. */
export function failed(frame: Frame, result: string, finding: Finding): Judgement {
  const { reason, node, object, values } = finding;
  return { ...fail(frame, reason, result, values), node, object };
}

/**
 * An expected failure counts only with its own reason, and only where the control showed that the probe works:
 * a ping that fails because ping is broken, or because nothing works yet, proves nothing.
 */
export function expectedFailure(
  frame: Frame,
  expected: Reason,
  finding: Finding,
  control: Control | undefined,
  answer: ProbeOutcome | null | undefined,
): Judgement {
  if (answer !== null && answer !== undefined) frame.evidence = [...frame.evidence, answer.evidence];
  const values = { controlFrom: control?.from ?? '', controlTo: control?.to ?? '' };
  if (answer?.result === 'tool-failed') {
    return unchecked(frame, 'tool-failed', answer.result, { tool: answer.evidence.command });
  }
  if (answer?.result !== 'reply') {
    return unchecked(frame, 'control-failed', answer?.result ?? '-', {
      ...values,
      controlResult: answer?.result ?? '-',
    });
  }
  const { reason, node, object } = finding;
  if (meets(expected, reason)) {
    return {
      ...pass({ ...frame, node, object }, reason),
      values: { ...frame.values, ...finding.values, actual: reason },
    };
  }
  const seen = { ...finding.values, ...retargeted(expected, finding), actual: reason };
  return { ...fail(frame, 'other-reason', reason, seen), node, object };
}

const targets: Partial<Record<Reason, string>> = { 'dropped-by-rule': 'DROP', 'rejected-by-rule': 'REJECT' };

/** A rule that stops the packet, as it should, but by the other target: what `iptables -R` is given. */
function retargeted(expected: Reason, { reason, values }: Finding): Values {
  const { rule = '', line = '', pod, service, engine } = values;
  const [, conditions] = /^-A \S+ (.*-j )(?:DROP|REJECT)\b/.exec(rule) ?? [];
  const target = targets[reason] === undefined ? undefined : targets[expected];
  // What a cluster or Docker wrote comes back.
  const owned = (pod ?? service ?? engine) !== undefined;
  return conditions === undefined || target === undefined || line === '' || owned
    ? {}
    : { retargeted: `${conditions}${target}`, target };
}

/** A reason may be named more exactly than the lab asks: no address is one way to have no route. */
const narrower: Partial<Record<Reason, Reason[]>> = {
  'no-route': ['no-address'],
  'no-listener': ['port-closed'],
  'port-closed': ['no-listener'],
};

function meets(expected: Reason, actual: Reason): boolean {
  return expected === actual || (narrower[expected]?.includes(actual) ?? false);
}
