import { endWords } from '../../explain/trace/end-words.ts';
import { answeredBy } from '../../path/model/arrival.ts';
import type { Finding } from '../../path/model/neighbour.ts';
import { isLocal, lookup } from '../../path/model/routing.ts';
import { linkOf } from '../../path/model/segment.ts';
import { datagrams } from '../../path/recording/datagrams.ts';
import type { Source, TracedHop, TracedPacket, TraceEnd } from '../../path/recording/hop.ts';
import { kernelWord } from '../../path/recording/kernel-word.ts';
import type { Recording } from '../../path/recording/recording.ts';
import type { Values } from '../../verdict/verdict.ts';
import { because, type Ended, found } from './end-finding.ts';
import { otherSource } from './end-other-source.ts';
import { spent } from './end-spent.ts';
import { staleNeighbour } from './end-stale.ts';

/** Where the probe ended and why: first what was seen, then what the tables say of the place it was seen last. */
export function traceEnd(recording: Recording, packets: readonly TracedPacket[]): TraceEnd {
  const ended = withKernelWord(recording, packets, endedAt(recording, packets));
  return { ...ended, ...endWords(recording, ended) };
}

/** The kernel's own reason for the packet that ended the exchange, where its tracepoints told one. */
function withKernelWord(recording: Recording, packets: readonly TracedPacket[], ended: Ended): Ended {
  const packet = packets.findLast(
    ({ direction, end }) =>
      direction === ended.direction && end.kind === 'stopped' && end.node === ended.node,
  );
  const hop = packet?.hops.at(-1);
  const drop =
    hop === undefined || packet === undefined ? null : kernelWord(recording, hop, packet.header.length);
  if (drop === null) return ended;
  return { ...ended, kernel: drop.reason, sources: [...ended.sources, 'tracefs'] };
}

function endedAt(recording: Recording, packets: readonly TracedPacket[]): Ended {
  const requests = datagrams(packets.filter(({ direction }) => direction === 'request'));
  const request = requests.find(({ end }) => end.kind === 'delivered') ?? requests[0];
  if (request === undefined) return never(recording);
  if (request.end.kind === 'stopped')
    return (
      spent(recording, request, refusalOf(packets)) ??
      stopped(recording, 'request', request, refusalOf(packets))
    );
  const replies = datagrams(packets.filter(({ direction }) => direction === 'reply'));
  const reply = replies.find(({ end }) => end.kind === 'delivered') ?? replies[0];
  if (reply === undefined) {
    const refusal = refusalOf(packets);
    // Somebody said no, and even that did not come back.
    if (refusal?.end.kind === 'stopped') return stopped(recording, 'reply', refusal, null);
    return refusal === null
      ? unanswered(recording, request)
      : stopped(recording, 'request', request, refusal);
  }
  if (reply.end.kind === 'stopped') return stopped(recording, 'reply', reply, null);
  if (reply.end.node !== recording.request.from) return stopped(recording, 'reply', reply, null);
  if (reply.header.tcp?.flags.includes('RST')) return reset(recording, request);
  // A connection may begin well and then be answered from elsewhere: conntrack that sees only answers takes the second
  // of them for a beginning, and translates it.
  const came = replies.filter(({ end }) => end.kind === 'delivered' && end.node === recording.request.from);
  for (const each of came) {
    const other = otherSource(recording, request, each);
    if (other !== null) return other;
  }
  return delivered(recording, request);
}

/** An ICMP error about the request. A redirect only says that there is a shorter way. */
function refusalOf(packets: readonly TracedPacket[]): TracedPacket | null {
  const redirect = ({ header: { icmp, id } }: TracedPacket) => id !== null && icmp?.type === 5;
  return packets.find((packet) => packet.direction === 'error' && !redirect(packet)) ?? null;
}

const nothing = { reason: null, object: null, values: {}, by: null, kernel: null };

function delivered(recording: Recording, request: TracedPacket): Ended {
  const { node } = request.end;
  const at = { node, link: request.end.link };
  return {
    ...nothing,
    kind: 'delivered',
    direction: 'reply',
    ...at,
    by: takerOf(recording, request),
    sources: ['capture', 'nft trace'],
  };
}

/** The program that listens where the request came in; the kernel itself answers an echo. */
function takerOf({ observation }: Recording, { end, hops, header }: TracedPacket): string | null {
  const state = observation.nodes[end.node];
  const fields = hops.at(-1)?.after ?? hops.at(-1)?.before;
  if (header.protocol === 'icmp') return 'kernel';
  if (state === undefined || fields == null) return null;
  const protocol = header.protocol === 'udp' ? ('udp' as const) : ('tcp' as const);
  const { source, destination, sourcePort, destinationPort } = fields;
  return answeredBy(state, { source, destination, protocol, sourcePort, destinationPort })?.process ?? null;
}

/** Nothing of it was ever seen: its own node would not send it. */
function never(recording: Recording): Ended {
  const { from } = recording.request;
  const finding = found(recording);
  const at = { node: finding?.node ?? from, link: null };
  return {
    ...because(finding),
    kind: 'dropped',
    direction: 'request',
    ...at,
    by: null,
    kernel: null,
    sources: ['probe', 'state'],
  };
}

/** A packet that came to no end of its own: a rule that was seen, else what the tables say of this very place. */
function stopped(
  recording: Recording,
  direction: 'request' | 'reply',
  packet: TracedPacket,
  refusal: TracedPacket | null,
): Ended {
  const last = packet.hops.at(-1);
  const place = { node: packet.end.node, link: packet.end.link };
  const ruled = last === undefined ? null : ruleFinding(last);
  const kind = direction === 'reply' ? ('answer-lost' as const) : null;
  if (ruled !== null) {
    const refused = ruled.reason === 'rejected-by-rule' ? 'refused' : 'dropped';
    const { node } = ruled;
    return {
      ...because(ruled),
      kind: kind ?? refused,
      direction,
      ...place,
      node,
      by: null,
      kernel: null,
      sources: ['nft trace'],
    };
  }
  const told = found(recording);
  const stale = staleNeighbour(recording, told, packet);
  const finding = stale === null ? told : stale === 'unknown' ? null : stale;
  const way = told?.values.direction === 'reply' ? 'reply' : 'request';
  const fits = finding !== null && way === direction && explains(finding, packet);
  if (!fits || finding === null) {
    const silent = last === undefined ? null : silentNeighbour(last);
    if (silent !== null)
      return { ...nothing, ...silent, kind: kind ?? 'dropped', direction, ...place, sources: ['capture'] };
    const refused = refusal !== null && direction === 'request' ? ('refused' as const) : null;
    const next = expectedNext(recording, packet);
    const values: Values = next === null ? {} : { next };
    return { ...nothing, values, kind: kind ?? refused ?? 'lost', direction, ...place, sources: ['capture'] };
  }
  const sources: Source[] = ['capture', 'state'];
  const said = refusal !== null && direction === 'request';
  return {
    ...because(finding),
    kind: kind ?? (said ? 'refused' : 'dropped'),
    direction,
    ...place,
    node: finding.node,
    by: said ? (refusal.hops[0]?.node ?? null) : null,
    kernel: null,
    sources,
  };
}

/** Asked for on the wire, and nobody said anything. */
function silentNeighbour({ resolution }: TracedHop): Pick<Ended, 'reason' | 'object' | 'values'> | null {
  if (resolution === null || resolution.answer !== null) return null;
  const { address, link } = resolution;
  return { reason: 'neighbour-silent', object: address, values: { address, link, elsewhere: '' } };
}

/** Where a packet that was lost should have been seen next: the other end of its cable, or what its node does with it. */
function expectedNext({ observation }: Recording, { hops }: TracedPacket): string | null {
  const hop = hops.at(-1);
  if (hop === undefined) return null;
  const { node, out } = hop;
  if (out !== null) {
    const peer = linkOf(observation, { node, link: out })?.peer ?? null;
    return peer === null ? null : `${peer.node}:${peer.link}`;
  }
  const state = observation.nodes[node];
  const destination = (hop.after ?? hop.before)?.destination;
  if (state === undefined || destination === undefined) return null;
  if (isLocal(state, destination)) return node;
  const dev = lookup(state, destination)?.dev ?? null;
  return dev === null ? null : `${node}:${dev}`;
}

/** Reasons that lie on the wire: the packet was seen last in front of it, at another node than the finding names. */
const wires = [
  'neighbour-silent',
  'wrong-gateway',
  'no-carrier',
  'link-down',
  'link-missing',
  'not-attached',
  'duplicate-address',
  'wrong-device',
  'routing-loop',
];

function explains(finding: Finding, packet: TracedPacket): boolean {
  const { direction, router } = finding.values;
  const refused = direction !== 'reply' && router === packet.end.node;
  return finding.node === packet.end.node || refused || wires.includes(finding.reason);
}

/** It was taken in, and no answer was ever sent: nobody listens, or the answer found no way out of the node. */
function unanswered(recording: Recording, request: TracedPacket): Ended {
  const finding = found(recording);
  const { node } = request.end;
  const fits = finding !== null && finding.node === node;
  return {
    ...because(fits ? finding : null),
    kind: 'answer-lost',
    direction: 'reply',
    ...{ node, link: null },
    by: takerOf(recording, request),
    kernel: null,
    sources: fits ? ['capture', 'state'] : ['capture'],
  };
}

/** A reset from the node that took the request: nothing listens there. */
function reset(recording: Recording, request: TracedPacket): Ended {
  const finding = found(recording);
  const { node, link } = request.end;
  return {
    ...because(finding),
    kind: 'refused',
    direction: 'request',
    ...{ node, link },
    by: node,
    kernel: null,
    sources: ['capture', 'state'],
  };
}

/** The rule or policy that threw the packet away, in the words checks use for it. */
function ruleFinding(hop: TracedHop): Finding | null {
  const step = hop.rules.find(({ verdict }) => verdict === 'drop' || verdict === 'reject');
  if (step === undefined) return null;
  const policy = step.rule?.startsWith('-P ') === true;
  const values: Values = {
    family: step.family,
    rule: step.rule ?? '',
    chain: `${step.table} ${step.chain}`,
    table: step.table,
    chainName: step.chain,
    line: String(step.line ?? ''),
    policyChain: policy ? step.chain : '',
    source: hop.before?.source ?? '',
    destination: hop.before?.destination ?? '',
  };
  const reason = step.verdict === 'reject' ? 'rejected-by-rule' : 'dropped-by-rule';
  return { reason, node: hop.node, object: step.rule, values };
}
