import { endWords } from '../../explain/trace/end-words.ts';
import type { Finding } from '../../path/model/finding.ts';
import { firstTrouble, walk } from '../../path/model/walk.ts';
import { datagrams } from '../../path/recording/datagrams.ts';
import type { TracedHop, TracedPacket, TraceEnd } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { isBeside } from '../../path/recording/tunnels.ts';
import { isRouteless } from '../agreement.ts';
import { ignoredAnswer, withoutAnswer } from './end-answer.ts';
import { asymmetric } from './end-asymmetric.ts';
import { type EndFacts, type Ending, findingReason, once, packetOf, tableFinding } from './end-finding.ts';
import { keptOtherwise } from './end-kept.ts';
import { misled } from './end-misled.ts';
import { otherSource } from './end-other-source.ts';
import { nearlyRouted } from './end-policy.ts';
import { redirected } from './end-redirected.ts';
import { chosenSource } from './end-source.ts';
import { spentEnd, tooLongToSend } from './end-spent.ts';
import { stoppedEnd } from './end-stopped.ts';
import { answeredUnseen, deliveredEnd, reset, truncatedEnd, unansweredEnd } from './end-taken.ts';
import { unroutedByNft } from './end-unsent.ts';
import { notTranslated } from './end-untracked.ts';
import { unaskedNat } from './nft-unasked.ts';
import { givenBy, portGivenBy } from './translator.ts';

/**
 * The end of the probe and its reason: first from the recording, then from the tables of the place where it
 * was seen last.
 */
export function traceEnd(recording: Recording, packets: readonly TracedPacket[]): TraceEnd {
  const seen: Ending = { recording, packets, tables: once(() => tableFinding(recording)) };
  const ended = asymmetric(seen, notTranslated(seen, keptOtherwise(seen, unsentEnd(seen, endedAt(seen)))));
  const beside = {
    ...givenBy(seen, ended),
    ...portGivenBy(seen, ended),
    ...chosenSource(seen, ended),
    ...nearlyRouted(seen, ended),
    ...unaskedNat(seen, ended),
    ...redirected(seen, ended),
    ...misled(seen, ended),
    ...unroutedByNft(seen, ended),
  };
  const whole = { ...ended, values: { ...ended.values, ...beside } };
  return { ...whole, ...endWords(recording, packets, whole) };
}

function endedAt(seen: Ending): EndFacts {
  const { recording, packets } = seen;
  const own = packets.filter(({ hops }) => !isBeside(hops));
  const requests = datagrams(own.filter(({ direction }) => direction === 'request'));
  const request = requests.find(({ end }) => end.kind === 'delivered') ?? requests[0];
  if (request === undefined) return never(seen);
  const refusal = refusalOf(own) ?? (request.end.kind === 'stopped' ? resetIn(own) : null);
  const unseen = answeredUnseen(seen, request);
  if (unseen !== null) return unseen;
  if (request.end.kind === 'stopped')
    return spentEnd(seen, request, refusal) ?? stoppedEnd(seen, 'request', request, refusal);
  const replies = datagrams(own.filter(({ direction }) => direction === 'reply'));
  const reply = replies.find(({ end }) => end.kind === 'delivered') ?? replies[0];
  if (reply === undefined) {
    // The request was refused, and the refusal did not come back either.
    if (refusal?.end.kind === 'stopped') return stoppedEnd(seen, 'reply', refusal, null);
    return refusal === null ? unansweredEnd(seen, request) : stoppedEnd(seen, 'request', request, refusal);
  }
  if (reply.end.kind === 'stopped') return stoppedEnd(seen, 'reply', reply, null);
  if (reply.end.node !== recording.request.from) return stoppedEnd(seen, 'reply', reply, null);
  if (reply.header.tcp?.flags.includes('RST')) return reset(seen, request);
  // A connection may begin well and then be answered from elsewhere: conntrack that sees only answers takes the second
  // of them for a beginning, and translates it.
  const came = replies.filter(({ end }) => end.kind === 'delivered' && end.node === recording.request.from);
  for (const each of came) {
    const other = otherSource(seen, request, each);
    if (other !== null) return other;
  }
  if (recording.outcome.names?.truncated === true) return truncatedEnd(seen, request);
  const ignored = ignoredAnswer(seen, request);
  if (ignored !== null) return ignored;
  // A proxy of the connection (synproxy) may have accepted it before the server refused.
  const broken = came.find(({ header }) => header.tcp?.flags.includes('RST'));
  if (recording.outcome.result === 'rejected' && broken !== undefined) {
    const ruled = requests.find(({ end, hops }) => end.kind === 'stopped' && rejects(hops.at(-1)));
    if (ruled !== undefined) return stoppedEnd(seen, 'request', ruled, broken);
    return withoutAnswer(seen, request, reset(seen, request));
  }
  const end = unfinished(seen, requests, replies);
  if (end !== null) return end;
  const taken = unspoken(recording) ? unansweredEnd(seen, request) : deliveredEnd(recording, request);
  return withoutAnswer(seen, request, taken);
}

/**
 * The sender's own error about a question that nobody answered, which comes at once while an earlier packet has just
 * given up (ndisc_error_report): no node rejects anything.
 */
function unsentEnd({ recording, packets }: Ending, ended: EndFacts): EndFacts {
  const { kind, reason, node, by } = ended;
  const { from } = recording.request;
  const link = recording.observation.nodes[from]?.links.find(({ name }) => name === ended.values.link);
  const asked = kind === 'refused' && reason === 'neighbour-silent' && link?.kind !== 'loopback';
  const left = packets.some(({ direction, hops }) => direction === 'request' && hops[0]?.out !== null);
  const unheard = kind === 'refused' && unanswered.some((one) => one === reason) && !left;
  const own = (asked && node === from && by === from) || (unheard && by === from);
  return own ? { ...ended, kind: 'dropped', by: null } : ended;
}

/** Why the question for the next MAC address got no answer, at the node that should have given it. */
const unanswered: readonly EndFacts['reason'][] = [
  ...(['question-ignored', 'question-dropped', 'not-flooded', 'proxy-silent', 'queue-full'] as const),
];

/**
 * A connection that began well, but gave the program no complete answer: the last packet that went lost and
 * did not come later decides.
 */
function unfinished(
  seen: Ending,
  requests: readonly TracedPacket[],
  replies: readonly TracedPacket[],
): EndFacts | null {
  const { outcome, request } = seen.recording;
  const heard = outcome.result === 'reply' || outcome.result === 'answer' || outcome.result === 'rejected';
  const unheard = request.probe.kind === 'tcp' ? halfOpen(requests) : [];
  if ((heard && unheard.length === 0) || !['http', 'tcp'].includes(request.probe.kind)) return null;
  const quiet = [...replies, ...requests].filter(({ end, header }) => end.kind === 'stopped' && says(header));
  const lost = heard ? unheard : quiet;
  const last = lost.toSorted((one, other) => other.header.length - one.header.length)[0];
  if (last === undefined) return null;
  const refusal = refusalOf(seen.packets.filter(({ hops }) => !isBeside(hops)));
  return (
    spentEnd(seen, last, refusal) ??
    stoppedEnd(seen, last.direction === 'reply' ? 'reply' : 'request', last, null)
  );
}

/** All that the sender sent after the beginning, where rules dropped it: the receiver waits for the connection. */
function halfOpen(requests: readonly TracedPacket[]): TracedPacket[] {
  const later = requests.filter(({ header }) => header.tcp !== null && !header.tcp.flags.includes('SYN'));
  const ruledOut = ({ end, hops }: TracedPacket) =>
    end.kind === 'stopped' && hops.at(-1)?.rules.some(({ verdict }) => verdict === 'drop') === true;
  return later.every(ruledOut) ? later : [];
}

/** The connection works, and the program behind it sends no line of HTTP. */
const unspoken = ({ request: { probe }, outcome: { result, answer } }: Recording): boolean =>
  probe.kind === 'http' && answer === undefined && (result === 'silence' || result === 'rejected');

const rejects = (hop: TracedHop | undefined): boolean =>
  hop?.rules.some(({ verdict }) => verdict === 'reject') === true;

/** Data, or an end of it: an acknowledgement alone may go lost without a loss. */
const says = ({ tcp }: TracedPacket['header']): boolean =>
  tcp !== null && (tcp.payload > 0 || /SYN|FIN/.test(tcp.flags));

/** An ICMP error about the request. A redirect is none: it only names a shorter way. */
function refusalOf(packets: readonly TracedPacket[]): TracedPacket | null {
  const redirect = ({ header: { icmp, id } }: TracedPacket) => id !== null && icmp?.type === 5;
  return packets.find((packet) => packet.direction === 'error' && !redirect(packet)) ?? null;
}

/** A rule may refuse a connection with a reset instead of an ICMP error, in the name of the receiver. */
function resetIn(packets: readonly TracedPacket[]): TracedPacket | null {
  return (
    packets.find(({ direction, header }) => direction === 'reply' && header.tcp?.flags.includes('RST')) ??
    null
  );
}

/** That nothing was sent is seen: so the sender's own tables count, whatever its program made of it (dig waits). */
function unsent(recording: Recording): Finding | null {
  const { observation, request } = recording;
  if (observation.nodes[request.from] === undefined) return null;
  const trouble = firstTrouble(walk(observation, packetOf(recording)));
  const own = trouble?.kind === 'lost' && trouble.node === request.from ? trouble : null;
  return own !== null && isRouteless(own) ? own : null;
}

/** Nothing of it was ever seen: its own node would not send it. */
function never({ recording, tables }: Ending): EndFacts {
  const { from } = recording.request;
  const long = tooLongToSend(recording);
  if (long !== null) return long;
  const finding = tables() ?? unsent(recording);
  const at = { node: finding?.node ?? from, link: null };
  return {
    ...findingReason(finding),
    kind: 'dropped',
    direction: 'request',
    ...at,
    by: null,
    kernel: null,
    sources: ['probe', 'state'],
  };
}
