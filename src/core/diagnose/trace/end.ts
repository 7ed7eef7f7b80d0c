import { endWords } from '../../explain/trace/end-words.ts';
import { answeredBy } from '../../path/model/arrival.ts';
import type { Finding } from '../../path/model/finding.ts';
import { isLocal, lookup } from '../../path/model/routing.ts';
import { linkOf } from '../../path/model/segment.ts';
import { datagrams } from '../../path/recording/datagrams.ts';
import type { RuleStep, Source, TracedHop, TracedPacket, TraceEnd } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { noRecords } from '../../probe/names.ts';
import type { Reason } from '../../verdict/reasons.ts';
import type { Values } from '../../verdict/verdict.ts';
import { proxyCause } from './cause-nat.ts';
import { answerCause } from './cause-route.ts';
import { causeAt } from './causes.ts';
import { because, type Ended, type Ending, once, tableFinding, wordFor } from './end-finding.ts';
import { otherSource } from './end-other-source.ts';
import { spent } from './end-spent.ts';
import { placeOf } from './place.ts';

/** Where the probe ended and why: first what was seen, then what the tables say of the place it was seen last. */
export function traceEnd(recording: Recording, packets: readonly TracedPacket[]): TraceEnd {
  const ended = endedAt({ recording, packets, tables: once(() => tableFinding(recording)) });
  return { ...ended, ...endWords(recording, ended) };
}

function endedAt(seen: Ending): Ended {
  const { recording, packets } = seen;
  const requests = datagrams(packets.filter(({ direction }) => direction === 'request'));
  const request = requests.find(({ end }) => end.kind === 'delivered') ?? requests[0];
  const refusal = refusalOf(packets);
  if (request === undefined) return never(seen);
  const unseen = answeredUnseen(seen, request);
  if (unseen !== null) return unseen;
  if (request.end.kind === 'stopped')
    return spent(seen, request, refusal) ?? stopped(seen, 'request', request, refusal);
  const replies = datagrams(packets.filter(({ direction }) => direction === 'reply'));
  const reply = replies.find(({ end }) => end.kind === 'delivered') ?? replies[0];
  if (reply === undefined) {
    // Somebody said no, and even that did not come back.
    if (refusal?.end.kind === 'stopped') return stopped(seen, 'reply', refusal, null);
    return refusal === null ? unanswered(seen, request) : stopped(seen, 'request', request, refusal);
  }
  if (reply.end.kind === 'stopped') return stopped(seen, 'reply', reply, null);
  if (reply.end.node !== recording.request.from) return stopped(seen, 'reply', reply, null);
  if (reply.header.tcp?.flags.includes('RST')) return reset(seen, request);
  // A connection may begin well and then be answered from elsewhere: conntrack that sees only answers takes the second
  // of them for a beginning, and translates it.
  const came = replies.filter(({ end }) => end.kind === 'delivered' && end.node === recording.request.from);
  for (const each of came) {
    const other = otherSource(seen, request, each);
    if (other !== null) return other;
  }
  return unfinished(seen, requests, replies) ?? delivered(recording, request);
}

/**
 * A connection that began well, and of which the program did not get what it asked for: the last packet that went
 * lost and did not come later decides.
 */
function unfinished(
  seen: Ending,
  requests: readonly TracedPacket[],
  replies: readonly TracedPacket[],
): Ended | null {
  const { outcome, request } = seen.recording;
  const heard = outcome.result === 'reply' || outcome.result === 'answer' || outcome.result === 'rejected';
  if (heard || !['http', 'tcp'].includes(request.probe.kind)) return null;
  const lost = [...replies, ...requests].filter(({ end, header }) => end.kind === 'stopped' && says(header));
  const last = lost.toSorted((one, other) => other.header.length - one.header.length)[0];
  if (last === undefined) return null;
  const refusal = refusalOf(seen.packets);
  return (
    spent(seen, last, refusal) ?? stopped(seen, last.direction === 'reply' ? 'reply' : 'request', last, null)
  );
}

/** Data, or an end of it: an acknowledgement alone may go lost without a loss. */
const says = ({ tcp }: TracedPacket['header']): boolean =>
  tcp !== null && (tcp.payload > 0 || /SYN|FIN/.test(tcp.flags));

/** An ICMP error about the request. A redirect only says that there is a shorter way. */
function refusalOf(packets: readonly TracedPacket[]): TracedPacket | null {
  const redirect = ({ header: { icmp, id } }: TracedPacket) => id !== null && icmp?.type === 5;
  return packets.find((packet) => packet.direction === 'error' && !redirect(packet)) ?? null;
}

const nothing = { reason: null, object: null, values: {}, by: null, kernel: null };

function delivered(recording: Recording, request: TracedPacket): Ended {
  const { node } = request.end;
  const at = { node, link: request.end.link };
  const { said } = recording.outcome;
  return {
    ...nothing,
    ...refusedName(recording),
    ...(said === undefined ? {} : { values: { ...refusedName(recording).values, said } }),
    kind: 'delivered',
    direction: 'reply',
    ...at,
    by: takerOf(recording, request),
    sources: ['capture', 'nft trace'],
  };
}

/** What a name server's answer says no to; it came all the same. */
const answers: Record<string, Reason> = {
  NXDOMAIN: 'name-unknown',
  [noRecords]: 'record-missing',
  REFUSED: 'name-server-refuses',
  SERVFAIL: 'name-server-fails',
};

function refusedName({ outcome, request: { from, to, probe } }: Recording): ReturnType<typeof because> {
  const reason = answers[outcome.said ?? ''];
  if (reason === undefined || probe.kind !== 'dns') return because(null);
  const dig = `dig @${to} ${probe.name}`;
  const values = { from, name: probe.name, server: to, sources: to, order: '', dig };
  return { reason, object: probe.name, values };
}

/** It left for where nobody watches (a namespace of no node, a link of a kind not followed), and was answered. */
function answeredUnseen({ recording, packets }: Ending, request: TracedPacket): Ended | null {
  const { outcome, observation, request: asked } = recording;
  const { node, link, kind } = request.end;
  const answered = outcome.result === 'reply' || outcome.result === 'answer';
  const came = packets.some(
    ({ direction, end }) => direction === 'reply' && end.kind === 'delivered' && end.node === asked.from,
  );
  const last = request.hops.at(-1);
  const out = last?.out == null ? null : linkOf(observation, { node, link: last.out });
  if (kind !== 'stopped' || !answered || !came || out === null || out.peer !== null) return null;
  const values = { behind: `${node}:${link ?? ''}` };
  return {
    ...nothing,
    values,
    kind: 'delivered',
    direction: 'reply',
    node,
    link,
    sources: ['capture', 'probe'],
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
function never({ recording, tables }: Ending): Ended {
  const { from } = recording.request;
  const finding = tables();
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

/** A packet that came to no end of its own: a rule that was seen, else what the place has, else what the tables say. */
function stopped(
  seen: Ending,
  direction: 'request' | 'reply',
  packet: TracedPacket,
  refusal: TracedPacket | null,
): Ended {
  const { recording } = seen;
  const last = packet.hops.at(-1);
  const word = wordFor(recording, packet);
  const place = placeOf(recording, packet, word);
  const refused = refusal !== null && direction === 'request';
  const at = { direction, node: packet.end.node, link: packet.end.link, kernel: word?.reason ?? null };
  const kind = (own: 'dropped' | 'lost'): Ended['kind'] =>
    direction === 'reply' ? 'answer-lost' : refused ? 'refused' : own;
  const traced = last === undefined ? null : ruleFinding(last);
  const proxy = place === null ? null : proxyCause(place);
  const ruled = proxy ?? traced;
  const { tracefs }: { tracefs: Source[] } = { tracefs: word === null ? [] : ['tracefs'] };
  if (ruled !== null && (traced !== null || proxy?.reason === 'proxy-unheard')) {
    const own = ruled.reason === 'rejected-by-rule' ? 'refused' : 'dropped';
    // A rule that rejects has said no only where its no was seen.
    const said = own === 'refused' && refusal === null && direction === 'request' ? 'dropped' : own;
    return {
      ...{ ...because(ruled), ...at, kind: direction === 'reply' ? 'answer-lost' : said, node: ruled.node },
      ...{ by: null, sources: ['nft trace', ...tracefs] },
    };
  }
  const finding = (place === null ? null : causeAt(place, seen.tables)) ?? fitting(seen, direction, packet);
  const next = expectedNext(recording, packet);
  if (finding !== null) {
    const why = because(finding);
    // An answer that was made, and left by no device.
    const made = direction === 'reply' && at.link === null && next !== null;
    return {
      ...{ ...why, ...at, kind: kind('dropped'), node: finding.node },
      values: {
        ...why.values,
        seen: at.link === null ? at.node : `${at.node}:${at.link}`,
        ...(made ? { next } : {}),
      },
      by: refused ? (refusal.hops[0]?.node ?? null) : null,
      sources: ['capture', 'state', ...tracefs],
    };
  }
  const silent = last === undefined ? null : silentNeighbour(last);
  const sources: Source[] = ['capture', ...tracefs];
  if (silent !== null) return { ...nothing, ...silent, ...at, kind: kind('dropped'), sources };
  if (word !== null) {
    const values: Values = { word: word.reason };
    const reason = { reason: 'kernel-drop' as const, object: word.reason, values };
    return { ...nothing, ...reason, ...at, kind: kind('dropped'), sources };
  }
  return { ...nothing, values: next === null ? {} : { next }, ...at, kind: kind('lost'), sources };
}

/** What the tables say of the whole way, where it is about this packet and this place. */
function fitting({ tables }: Ending, direction: 'request' | 'reply', packet: TracedPacket): Finding | null {
  const told = tables();
  if (told === null) return null;
  const way = told.values.direction === 'reply' ? 'reply' : 'request';
  return way === direction && explains(told, packet) ? told : null;
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
function unanswered({ recording, tables }: Ending, request: TracedPacket): Ended {
  const told = tables();
  const { node } = request.end;
  const place = placeOf(recording, request, null);
  // A closed port answers as well, with a reset or an ICMP error: its silence has another reason.
  const closed = told?.reason === 'no-listener' || told?.reason === 'port-closed';
  const back = place === null || (told?.node === node && !closed) ? null : answerCause(place);
  const finding = back ?? (told?.node === node ? told : null);
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
function reset({ tables }: Ending, request: TracedPacket): Ended {
  const finding = tables();
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

/** Of a rule that iptables does not show. */
function nftValues({ handle, chain, rule }: RuleStep, policy: boolean): Values {
  const shown = policy ? 'policy drop' : (rule ?? '');
  return { handle: String(handle ?? ''), policyNft: policy ? chain : '', nftRule: shown, nftChain: chain };
}

/** The rule or policy that threw the packet away, in the words checks use for it. */
function ruleFinding(hop: TracedHop): Finding | null {
  const step = hop.rules.find(({ verdict }) => verdict === 'drop' || verdict === 'reject');
  if (step === undefined) return null;
  const policy = step.rule?.startsWith('-P ') === true;
  const own = step.line === null && !/^[A-Z]/.test(step.chain);
  const values: Values = {
    family: step.family,
    ...(own && step.rule !== null ? nftValues(step, policy) : {}),
    rule: step.rule ?? '',
    chain: `${step.table} ${step.chain}`,
    table: step.table,
    chainName: step.chain,
    line: String(step.line ?? ''),
    policyChain: policy && !own ? step.chain : '',
    source: hop.before?.source ?? '',
    destination: hop.before?.destination ?? '',
  };
  const reason = step.verdict === 'reject' ? 'rejected-by-rule' : 'dropped-by-rule';
  return { reason, node: hop.node, object: step.rule, values };
}
