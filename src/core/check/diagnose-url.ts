import type { Finding } from '../path/neighbour.ts';
import type { Observation } from '../state/observation.ts';
import { diagnoseName } from './diagnose-names.ts';
import { evidenceOf } from './diagnosis-evidence.ts';
import type { Frame } from './judgement.ts';
import type { ProbeOutcome } from './probe.ts';
import { diagnosed } from './probe-frame.ts';
import { hostOf, packetFor } from './url.ts';

/** A request whose name was not found has sent nothing: what is wrong lies on the way to the name server. */
export function diagnosedUrl(
  frame: Frame,
  observation: Observation,
  { from, url }: { from: string; url: string },
  outcome: ProbeOutcome,
): Finding {
  if (outcome.names?.order === undefined) return diagnosed(frame, observation, packetFor(from, url), outcome);
  const finding = diagnoseName(observation, from, hostOf(url), outcome);
  frame.evidence = [...frame.evidence, ...evidenceOf(observation, finding)];
  return finding;
}
