import type { Finding } from '../../path/model/neighbour.ts';
import type { Packet } from '../../path/model/packet.ts';
import type { TraceEnd } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { diagnose } from '../packet.ts';

/** What is known of an end before it is put into words. */
export type Ended = Omit<TraceEnd, 'text' | 'hints' | 'cure'>;

/** What the tables say of the probe's failure; null where they say nothing. */
export function found(recording: Recording): Finding | null {
  const { observation, outcome, request } = recording;
  const finding = diagnose(observation, packetOf(recording), outcome);
  if (finding.reason !== 'no-answer' || observation.nodes[request.from] === undefined) return finding;
  return null;
}

function packetOf({ request: { from, to, probe } }: Recording): Packet {
  if (probe.kind === 'icmp') return { from, to, protocol: 'icmp', port: null };
  if (probe.kind === 'dns') return { from, to, protocol: 'udp', port: 53 };
  return { from, to, protocol: probe.kind === 'udp' ? 'udp' : 'tcp', port: probe.port };
}

export function because(finding: Finding | null): Pick<Ended, 'reason' | 'object' | 'values'> {
  if (finding === null) return { reason: null, object: null, values: {} };
  const { reason, object, values } = finding;
  return { reason, object, values };
}
