import { decode } from '../../path/recording/header.ts';
import type { TracedPacket, Upstream, Way } from '../../path/recording/hop.ts';
import type { Connect, Recording } from '../../path/recording/recording.ts';
import type { ProbeResult } from '../../probe/probe.ts';
import { sameAddress } from '../../state/ip.ts';
import { traceEnd } from './end.ts';
import { tracedPackets } from './packets.ts';

/** Nanoseconds by which the tracepoints' clock may differ, and within which a SYN follows connect(2). */
const [early, late] = [200_000n, 1_000_000_000n];

/** A proxy of a proxy of a proxy is enough. */
const most = 8;

/**
 * The ways of the connections by which a proxy gets its answer elsewhere: those that the program which took the
 * request opened meanwhile, from the node in which it runs, and so on.
 */
export function upstreamOf(recording: Recording, probe: Answered): Upstream[] {
  const found: Upstream[] = [];
  const syns = synsOf(recording);
  const start = syns.find(({ sourcePort }) => sourcePort === recording.mark)?.time ?? 0n;
  const left = new Set(recording.connects);
  const free = syns.filter(({ sourcePort }) => sourcePort !== recording.mark);
  let number = probe.packets.length;
  const follow = ({ end }: Answered) => {
    for (const connect of [...left].filter(({ program }) => program === end.by)) {
      const syn = free.find((one) => one.node === end.node && begins(recording, one, connect));
      if (syn === undefined || found.length === most) continue;
      left.delete(connect);
      free.splice(free.indexOf(syn), 1);
      const way = wayOf(recording, connect, syn);
      const packets = way.packets.map((packet) => placed(packet, ++number, syn.time - start));
      const upstream = { ...way, packets };
      found.push(upstream);
      follow(upstream);
    }
  };
  follow(probe);
  return found;
}

type Answered = Pick<Way, 'packets' | 'end'>;

/** Counted on from the probe's packets, and its times from where the probe was seen first. */
function placed(packet: TracedPacket, number: number, later: bigint): TracedPacket {
  const at = (time: string | null) => time && String(BigInt(time) + later);
  return { ...packet, number, hops: packet.hops.map((hop) => ({ ...hop, at: at(hop.at) })) };
}

interface Syn {
  time: bigint;
  node: string;
  destination: string;
  port: number | null;
  sourcePort: number;
}

/** Beginnings of connections where they left a node. */
function synsOf({ connects, frames }: Recording): Syn[] {
  if (connects.length === 0) return [];
  return frames.flatMap(({ time, node, way, bytes }) => {
    const header = way === 'out' ? decode(bytes).header : null;
    if (header?.tcp?.flags !== 'SYN' || header.sourcePort === null) return [];
    const { destination, destinationPort: port, sourcePort } = header;
    return [{ time, node, destination, port, sourcePort }];
  });
}

/** Rules of the node itself may have translated where it goes, before any device saw it; conntrack knows. */
function begins({ connections }: Recording, syn: Syn, { time, destination, port }: Connect): boolean {
  const soon = syn.time >= time - early && syn.time <= time + late;
  const there = (address: string, at: number | null) => at === port && sameAddress(address, destination);
  const translated = connections.some(
    ({ node, original }) =>
      node === syn.node &&
      original.sourcePort === syn.sourcePort &&
      there(original.destination, original.destinationPort),
  );
  return soon && (translated || there(syn.destination, syn.port));
}

function wayOf(
  recording: Recording,
  { program, destination, port }: Connect,
  { node, sourcePort }: Syn,
): Upstream {
  const request = { from: node, to: destination, probe: { kind: 'tcp' as const, port } };
  const own = { ...recording, request, mark: sourcePort };
  const packets = tracedPackets(own);
  const outcome = { ...recording.outcome, by: null, result: resultOf(packets, node) };
  delete outcome.answer;
  return { from: node, to: destination, program, port, packets, end: traceEnd({ ...own, outcome }, packets) };
}

/** The result that the program got from its connection, by the packets that came back to it. */
function resultOf(packets: readonly TracedPacket[], node: string): ProbeResult {
  const came = packets.filter(
    ({ direction, end }) => direction === 'reply' && end.kind === 'delivered' && end.node === node,
  );
  if (came.some(({ header }) => header.tcp?.flags.includes('RST'))) return 'rejected';
  return came.length > 0 ? 'answer' : 'silence';
}
