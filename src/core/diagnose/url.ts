import type { Frame } from '../check/judgement.ts';
import { diagnoseProbe } from '../check/probe-frame.ts';
import type { Finding } from '../path/model/finding.ts';
import type { ProbeOutcome } from '../probe/probe.ts';
import type { Observation } from '../state/observation.ts';
import { hostOf, packetFor } from '../text/url.ts';
import { evidenceOf } from './evidence.ts';
import { diagnoseName } from './names.ts';

/** A request whose name was not found has sent nothing: the fault is on the way to the name server. */
export function diagnosedUrl(
  frame: Frame,
  observation: Observation,
  { from, url }: { from: string; url: string },
  outcome: ProbeOutcome,
): Finding {
  if (outcome.names?.order === undefined)
    return diagnoseProbe(frame, observation, packetFor(from, url), outcome);
  const finding = diagnoseName(observation, from, hostOf(url), outcome);
  frame.evidence = [...frame.evidence, ...evidenceOf(observation, finding)];
  return finding;
}
