import { answeredBy, unanswered as noServer } from '../../path/model/arrival.ts';
import type { Finding } from '../../path/model/finding.ts';
import { linkOf } from '../../path/model/segment.ts';
import { misdelivered, twinsOf } from '../../path/model/twin.ts';
import type { TracedPacket } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { noRecords } from '../../probe/names.ts';
import { udpQuestion } from '../../probe/udp-question.ts';
import { promptOf } from '../../verdict/evidence.ts';
import type { Reason } from '../../verdict/reasons.ts';
import type { Values } from '../../verdict/verdict.ts';
import { ingressCause } from './cause-firewall.ts';
import { addressCause, forGroup } from './cause-frame.ts';
import { ipsecAtTaker } from './cause-ipsec.ts';
import { answerCause } from './cause-route.ts';
import { type EndFacts, type Ending, findingReason, nothing, wordFor } from './end-finding.ts';
import { type Place, placeOf } from './place.ts';
import { publishedOf, targetOf } from './published.ts';

/** Ends of a request that was taken in: answered, answered with a no, or not answered at all. */
export function deliveredEnd(recording: Recording, request: TracedPacket): EndFacts {
  const { node } = request.end;
  const at = { node, link: request.end.link };
  const { answer } = recording.outcome;
  const bad = brokenAnswer(recording) ?? refusedName(recording);
  return {
    ...nothing,
    ...bad,
    values: { ...bad?.values, ...(answer === undefined ? {} : { answer }), ...alsoAt(recording, request) },
    kind: 'delivered',
    direction: 'reply',
    ...at,
    by: takerOf(recording, request),
    // The packets came, and the program that asked makes nothing of them.
    sources: ['capture', recording.outcome.result === 'tool-failed' ? 'probe' : 'nft trace'],
  };
}

/** Other nodes on the wires of the one that took it have the address as well. */
function alsoAt({ observation }: Recording, { end: { node }, hops }: TracedPacket): Values {
  const address = (hops.at(-1)?.after ?? hops.at(-1)?.before)?.destination ?? '';
  const twins = twinsOf(observation, node, address);
  return twins.length === 0 ? {} : { twins: twins.join(', '), address };
}

/** An answer came, cut short: the program asks again over TCP, and the tables say what becomes of that. */
export function truncatedEnd({ recording, tables }: Ending, request: TracedPacket): EndFacts {
  const { outcome, request: asked } = recording;
  const finding = tables();
  const known = findingReason(finding);
  return {
    ...nothing,
    ...known,
    values: { ...known.values, truncated: asked.to },
    kind: outcome.result === 'rejected' ? 'refused' : finding === null ? 'lost' : 'dropped',
    direction: 'request',
    ...{ node: finding?.node ?? request.end.node, link: null },
    sources: ['capture', 'probe', ...(finding === null ? [] : (['state'] as const))],
  };
}

/** A web server's answer that came, and not to its end, or was no HTTP. */
function brokenAnswer({
  observation,
  outcome,
  request: { from, probe },
}: Recording): ReturnType<typeof findingReason> | null {
  if (outcome.result !== 'broken-answer' || probe.kind !== 'http') return null;
  const { exec } = promptOf(observation, from);
  const values = { url: probe.url, exec, ...outcome.broken };
  return { reason: 'answer-broken', object: probe.url, values };
}

/** The negative answers of a name server; the answer itself arrived. */
const answers: Record<string, Reason> = {
  NXDOMAIN: 'name-unknown',
  [noRecords]: 'record-missing',
  REFUSED: 'name-server-refuses',
  SERVFAIL: 'name-server-fails',
};

function refusedName({ outcome, request: { from, to, probe } }: Recording): ReturnType<typeof findingReason> {
  const reason = answers[outcome.answer ?? ''];
  if (reason === undefined || probe.kind !== 'dns') return findingReason(null);
  const dig = `dig @${to} ${probe.name}`;
  const values = { from, name: probe.name, server: to, sources: to, order: '', dig };
  return { reason, object: probe.name, values };
}

/**
 * It left for an unwatched place (a namespace of no node, a link of a kind not followed), or under another ICMP
 * identifier, and was answered.
 */
export function answeredUnseen({ recording, packets }: Ending, request: TracedPacket): EndFacts | null {
  const { outcome, observation, request: asked } = recording;
  const { node, link, kind } = request.end;
  const answered = outcome.result === 'reply' || outcome.result === 'answer';
  const came = packets.some(
    ({ direction, end }) => direction === 'reply' && end.kind === 'delivered' && end.node === asked.from,
  );
  const last = request.hops.at(-1);
  const out = last?.out == null ? null : linkOf(observation, { node, link: last.out });
  const unwatched = out !== null && out.peer === null;
  if (kind !== 'stopped' || !answered || !came || !(unwatched || renamed(request))) return null;
  const values: Values = unwatched ? { behind: `${node}:${link ?? ''}` } : { renamed: node };
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

/**
 * Source NAT of a node that the packet passes twice gives it another ICMP identifier, since its first one is taken
 * there (nf_nat_used_tuple); by it no filter knows the packet.
 */
function renamed({ header, hops }: TracedPacket): boolean {
  const last = hops.at(-1);
  if (header.protocol !== 'icmp' || last === undefined || last.out !== null) return false;
  return last.hooks.includes('postrouting') && last.changes.some(({ field }) => field === 'source');
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

/**
 * It was delivered, and no reply was ever sent: no program listens, or the reply found no way out of the
 * node.
 */
export function unansweredEnd({ recording, tables }: Ending, request: TracedPacket): EndFacts {
  const { node, link } = request.end;
  const place = placeOf(recording, request, null);
  // It came to the interface, and no socket got it.
  const kept =
    place === null
      ? null
      : (ingressCause(place) ?? (forGroup(place) ? addressCause(place) : null) ?? ipsecAtTaker(place));
  if (kept !== null)
    return {
      ...{ ...nothing, ...findingReason(kept), kind: 'dropped', direction: 'request', link },
      ...{ node: kept.node, values: { ...kept.values, seen: `${node}:${link ?? ''}` } },
      sources: ['capture', 'state'],
    };
  const lookedUp = tables();
  // A closed port answers as well, with a reset or an ICMP error: its silence has another reason.
  const closed = lookedUp?.reason === 'no-listener' || lookedUp?.reason === 'port-closed';
  const silent = place === null ? null : noServer(place.hop.node, place.state, place.headers, place.upper);
  const ignored = silent?.reason === 'wrong-value' ? silent : null;
  const back = place === null || (lookedUp?.node === node && !closed) ? null : answerCause(place);
  const finding = ignored ?? back ?? (lookedUp?.node === node ? lookedUp : null);
  const fits = finding !== null && finding.node === node;
  const by = takerOf(recording, request);
  const word = fits ? null : wordFor(recording, request);
  if (word !== null) {
    const why = { reason: 'kernel-drop' as const, object: word.reason, values: { word: word.reason } };
    const sources: EndFacts['sources'] = ['capture', 'tracefs'];
    return {
      ...nothing,
      ...why,
      kind: 'dropped',
      direction: 'request',
      node,
      link,
      kernel: word.reason,
      sources,
    };
  }
  return {
    ...findingReason(fits ? finding : null),
    ...(fits || by === null ? {} : unheard(recording, by)),
    kind: 'answer-lost',
    direction: 'reply',
    ...{ node, link: null },
    by,
    kernel: null,
    sources: fits ? ['capture', 'state'] : ['capture'],
  };
}

/** The meaning of a program's silence after it took a datagram. */
function unheard({ request: { probe } }: Recording, by: string): Partial<EndFacts> {
  if (probe.kind !== 'udp') return {};
  const question = udpQuestion(probe);
  const values = { by, port: String(probe.port), service: question?.service ?? '' };
  if (question === null) return { reason: 'question-unknown', values };
  return { reason: question.answers ? 'service-silent' : 'service-one-way', values };
}

/** A reset from the node that took the request: nothing listens there. */
export function reset({ recording, tables }: Ending, request: TracedPacket): EndFacts {
  const { node, link } = request.end;
  const why = findingReason(closedPort(placeOf(recording, request, null), tables()));
  return {
    ...why,
    values: {
      ...why.values,
      ...targetOf(recording.observation, request, why.values.openPort),
      ...publishedOf(recording.observation, request),
    },
    kind: 'refused',
    direction: 'request',
    ...{ node, link },
    by: node,
    kernel: null,
    sources: ['capture', 'state'],
  };
}

/**
 * Of a request that was taken in and refused: the port that it had at last. A translation that the tables do not know
 * leads to another one than theirs.
 */
export function closedPort(place: Place | null, whole: Finding | null): Finding | null {
  if (place === null) return whole;
  const { hop, state, headers, upper } = place;
  const silent = noServer(hop.node, state, headers, upper, { ...headers, ...(hop.before ?? {}) });
  const here = silent === null ? null : (misdelivered(place.observation, hop.node, headers) ?? silent);
  const same = here === null || (whole?.reason === here.reason && whole.values.port === here.values.port);
  return same ? (whole ?? here) : here;
}
