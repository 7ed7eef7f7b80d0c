import type { Frame } from '../check/judgement.ts';
import { diagnoseProbe } from '../check/probe-frame.ts';
import type { Finding } from '../path/model/finding.ts';
import type { ProbeOutcome } from '../probe/probe.ts';
import { parseIp } from '../state/ip.ts';
import type { Observation } from '../state/observation.ts';
import { hostOf, packetFor } from '../text/url.ts';
import type { Values } from '../verdict/verdict.ts';
import { evidenceOf } from './evidence.ts';
import { diagnoseName } from './names.ts';

/** A request whose name was not found has sent nothing: the fault is on the way to the name server. */
export function diagnosedUrl(
  frame: Frame,
  observation: Observation,
  { from, url }: { from: string; url: string },
  outcome: ProbeOutcome,
): Finding {
  if (outcome.names?.order === undefined) {
    const found = diagnoseProbe(frame, observation, packetFor(from, url), outcome);
    return { ...found, values: { ...found.values, ...toItself(from, hostOf(url), found, outcome) } };
  }
  const finding = diagnoseName(observation, from, hostOf(url), outcome);
  frame.evidence = [...frame.evidence, ...evidenceOf(observation, finding)];
  return finding;
}

/** A name that means the sender: the request never left it. */
function toItself(from: string, name: string, { reason, node }: Finding, { names }: ProbeOutcome): Values {
  const [tried] = names?.addresses ?? [];
  const ends = reason === 'no-listener' || reason === 'port-closed';
  if (!ends || node !== from || tried === undefined || parseIp(name) !== null) return {};
  return { named: name, tried, hostsLine: names?.hostsLine ?? '' };
}
