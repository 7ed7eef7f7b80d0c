import type { Finding } from '../../path/model/finding.ts';
import type { Packet } from '../../path/model/packet.ts';
import type { TracedPacket, TraceEnd } from '../../path/recording/hop.ts';
import { kernelWord } from '../../path/recording/kernel-word.ts';
import type { Drop, Recording } from '../../path/recording/recording.ts';
import { askedBy } from '../names.ts';
import { diagnose } from '../packet.ts';

/** The facts of an end, before they are put into words. */
export type EndFacts = Omit<TraceEnd, 'text' | 'hints' | 'cure'>;

/** The facts that an end is derived from. */
export interface Ending {
  recording: Recording;
  packets: readonly TracedPacket[];
  /** The finding of the tables for the whole path, walked once. */
  tables: () => Finding | null;
}

/** The same answer each time, found when it is first asked for. */
export function once<T>(find: () => T): () => T {
  let known: { value: T } | null = null;
  return () => {
    known ??= { value: find() };
    return known.value;
  };
}

/** The finding of the tables for the probe's failure; null if they give none. */
export function tableFinding(recording: Recording): Finding | null {
  const { observation, outcome, request } = recording;
  const finding = diagnose(observation, packetOf(recording), outcome);
  if (finding.reason !== 'no-answer' || observation.nodes[request.from] === undefined) return finding;
  return null;
}

/** The probe as the model walks it. */
export function packetOf({ request: { from, to, probe }, outcome }: Recording): Packet {
  const mark = 'mark' in probe ? (probe.mark ?? 0) : 0;
  const tos = 'tos' in probe ? (probe.tos ?? 0) : 0;
  if (probe.kind === 'icmp') return { from, to, protocol: 'icmp', port: null, mark, tos };
  if (probe.kind === 'dns') return { from, to, protocol: askedBy(outcome), port: 53 };
  return { from, to, protocol: probe.kind === 'udp' ? 'udp' : 'tcp', port: probe.port, mark, tos };
}

export function findingReason(finding: Finding | null): Pick<EndFacts, 'reason' | 'object' | 'values'> {
  if (finding === null) return { reason: null, object: null, values: {} };
  const { reason, object, values } = finding;
  return { reason, object, values };
}

/** The kernel's drop reason for the packet at its last place, if its tracepoints gave one. */
export function wordFor(recording: Recording, { hops, header }: TracedPacket): Drop | null {
  const hop = hops.at(-1);
  return hop === undefined ? null : kernelWord(recording, hop, (hop.tunnel ?? header).length);
}

/** The facts of an end without a known reason. */
export const nothing = { reason: null, object: null, values: {}, by: null, kernel: null };
