import { withValues } from '../../cure/fillings.ts';
import { roundLines, withGateway, withRouter } from '../../cure/gateways.ts';
import { nftHelps } from '../../cure/nft.ts';
import { helps } from '../../cure/proof.ts';
import { type EndFacts, packetOf } from '../../diagnose/trace/end-finding.ts';
import { halfway } from '../../diagnose/trace/halfway.ts';
import { unsaidReasons } from '../../diagnose/trace/unsaid.ts';
import { inEachLanguage, type Language, type Text } from '../../language.ts';
import {
  isPacketReason,
  type PacketReason,
  type TracedPacket,
  type TraceEnd,
} from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { udpQuestion } from '../../probe/udp-question.ts';
import { promptOf } from '../../verdict/evidence.ts';
import { placeValues } from '../../verdict/places.ts';
import type { Reason } from '../../verdict/reasons.ts';
import type { CureLine, Values, Verdict } from '../../verdict/verdict.ts';
import { type Choice, choiceOf, chosen, explain } from '../explain.ts';
import { phrase, words } from '../languages.ts';
import { looks } from '../looks.ts';
import { joinCures, waysIn } from '../proved.ts';
import type { Template } from '../template.ts';
import { besides, redirected } from './beside.ts';
import { packetCures } from './packet-cures.ts';
import { type Note, noteNames, type TraceWords } from './words.ts';

/** An end in words: how it ended and where, why, and the commands that would change it. */
export function endWords(
  recording: Recording,
  packets: readonly TracedPacket[],
  ended: EndFacts,
): Pick<TraceEnd, 'text' | 'hints' | 'cure'> {
  const { reason } = ended;
  if (isPacketReason(reason)) return { ...onlyPackets(recording, packets, ended, reason), hints: [] };
  if (reason === 'dropped-by-rule' && ended.object === null)
    return { ...byNftables(recording, packets, ended), hints: [] };
  if (reason === null)
    return {
      text: textOf(recording, packets, ended, (language) => after(language, recording, ended)),
      hints: [],
      cure: [],
    };
  const verdict = verdictOf(recording, { ...ended, reason });
  const rungs = (['where', 'idea'] as const).map((rung) =>
    inEachLanguage((language) => explain(verdict, language)[rung]),
  );
  return {
    text: textOf(recording, packets, ended, (language) =>
      [whatOf(language, ended, verdict), after(language, recording, ended)]
        .filter((part) => part !== '')
        .join(' '),
    ),
    // Where a translation is missing, the words above name both rules; the ladder is that of a state without them.
    hints: ended.values.untracked === undefined ? rungs.filter(({ en }) => en !== '') : [],
    cure: ended.kind === 'delivered' ? [] : proved(recording, packets, ended, cureOf(verdict)),
  };
}

/** The headline has said already that no reply came. */
function whatOf(language: Language, { kind, values }: EndFacts, verdict: Verdict): string {
  if (kind !== 'answer-lost' || verdict.reason !== 'reply-not-routed') return explain(verdict, language).what;
  return say(language, ({ unrouted }) => unrouted, { ...values, node: verdict.node ?? '' });
}

/** Why the refusal did not arrive, and the error of a program that could not send at all. */
function after(language: Language, recording: Recording, ended: EndFacts): string {
  const { node, values } = ended;
  const unsaid = unsaidReasons.find((one) => one === values.unsaid);
  const line = spokenLine(recording, ended);
  const service = serviceAsked(recording, ended);
  return [
    ...(service === null ? [] : [say(language, ({ asked }) => asked, { service })]),
    ...(unsaid === undefined
      ? []
      : [say(language, (traces) => traces.unsaid[unsaid], { client: '', errorLost: '', ...values, node })]),
    ...notes(language, values, node),
    ...(line === undefined
      ? []
      : [say(language, (traces) => traces.spoken, { node: recording.request.from, line })]),
    ...(relaysUnseen(recording, ended) ? [say(language, (traces) => traces.relay, { node })] : []),
  ].join(' ');
}

/** A note is said where the value is there that it is about. */
const about: Record<Note, string> = {
  ...{ piece: 'pieceAt', untracked: 'untracked', past: 'past', unrelated: 'unrelated', given: 'given' },
  ported: 'givenPort',
  misled: 'misledBy',
  ...{ asymmetric: 'wayBack', wayBack: 'backRule', early: 'earlyRule', unasked: 'unaskedNode' },
  ...{
    sourced: 'sentFrom',
    redirected: 'redirectedIn',
    policed: 'nearPolicy',
    twins: 'twins',
    older: 'olderNode',
  },
};

const notes = (language: Language, values: Values, node: string): string[] =>
  noteNames
    .filter((name) => values[about[name]] !== undefined && !(name === 'past' && values.wayBack !== undefined))
    .map((name) => say(language, (traces) => traces.notes[name], { ...values, node }));

/** The service that answered a datagram; other ends name it themselves. */
function serviceAsked({ request: { probe } }: Recording, { kind }: EndFacts): string | null {
  return probe.kind === 'udp' && kind === 'delivered' ? (udpQuestion(probe)?.service ?? null) : null;
}

/** Docker's own proxy prints nothing. No tracepoint has the target of a program's datagram. */
const relaysUnseen = ({ request: { probe } }: Recording, { by }: EndFacts): boolean =>
  by === 'docker-proxy' && (probe.kind === 'udp' || probe.kind === 'dns');

/** The one word there is of an end before any packet. */
function spokenLine({ outcome }: Recording, { values, sources }: EndFacts): string | undefined {
  if (!sources.includes('probe') || values.router !== undefined) return undefined;
  const line = outcome.evidence.output.split('\n').find((one) => programError.test(one));
  return line?.replace(/^\w+: /, '').trim();
}

/** ping's and curl's own complaints, and the C library's words. */
const programError = /^(ping|curl|dig): |^[A-Z][a-z]+( [a-z]+)+$/;

function onlyPackets(
  recording: Recording,
  packets: readonly TracedPacket[],
  ended: EndFacts,
  reason: PacketReason,
): Pick<TraceEnd, 'text' | 'cure'> {
  const { node, values } = ended;
  const prompt = (where: string) => promptOf(recording.observation, where);
  return {
    text: textOf(recording, packets, ended, (language) =>
      [
        say(language, ({ reasons }) => reasons[reason], { exec: prompt(node).exec, ...values, node }),
        after(language, recording, ended),
      ]
        .filter((part) => part !== '')
        .join(' '),
    ),
    cure: proved(recording, packets, ended, {
      better: waysIn(packetCures[reason](values, prompt(node), (value) => prompt(values[value] ?? node))),
      ways: [],
    }),
  };
}

/** A rule that iptables does not show: nft does. */
function byNftables(
  recording: Recording,
  packets: readonly TracedPacket[],
  ended: EndFacts,
): Pick<TraceEnd, 'text' | 'cure'> {
  const { node, values } = ended;
  const { exec, shell } = promptOf(recording.observation, node);
  const { family = '', chain = '' } = values;
  return {
    text: textOf(recording, packets, ended, (language) =>
      say(language, ({ nftables }) => nftables, { node, family, chain }),
    ),
    cure: [{ on: shell, run: `${exec}nft -a list chain ${family} ${chain}`, or: false }],
  };
}

function say(language: Language, template: (traces: TraceWords) => Template, values: Values): string {
  const own = words[language];
  return phrase(own, template(own.traces), values);
}

/** How it ended, then why; what was never sent was not dropped either. */
function textOf(
  recording: Recording,
  packets: readonly TracedPacket[],
  ended: EndFacts,
  why: (language: Language) => string,
): Text {
  const unsent = packets.length === 0 && ended.kind === 'dropped';
  return inEachLanguage((language) =>
    [unsent ? '' : headline(language, ended, recording), why(language)]
      .filter((part) => part !== '')
      .join(' '),
  );
}

/**
 * The server that the words for checks suggest speaks TCP; a command that only shows something is no cure.
 */
function cureOf(verdict: Verdict): Choice {
  const tcpOnly = verdict.reason === 'no-listener' || verdict.reason === 'port-closed';
  if (tcpOnly && verdict.values.protocol === 'udp') return { better: [], ways: [] };
  const { better, ways: all } = choiceOf(verdict);
  // Where an object of a cluster is to be looked at, what stands behind would not last.
  const object = all.findIndex((way) => way.some(({ run }) => /^kubectl .*\b(get|describe) /.test(run)));
  const ways = object < 0 ? all : all.slice(0, object);
  return { better, ways: ways.filter((way) => !way.some(({ run }) => looks(run, verdict.reason))) };
}

/** The model knows no mark of a connection: that the packet would come through with it has been walked (near-policy.ts). */
const marks = ({ run }: CureLine): boolean => / -j CONNMARK /.test(run);

/** Of several ways to cure those that help, tried on the state as it was before the probe. */
function proved(
  recording: Recording,
  packets: readonly TracedPacket[],
  ended: EndFacts,
  choice: Choice,
): TraceEnd['cure'] {
  const { reason, node, values } = ended;
  const packet = packetOf(recording);
  const known = isPacketReason(reason) ? null : reason;
  const trouble = { packet, reason: known, node, values, halfway: halfway(recording, packets, ended) };
  const { observation } = recording;
  const better = [
    ...besides(recording, values),
    ...choice.better.flatMap((way) => withRouter(observation, packet, way)),
  ];
  const filled = choice.ways.flatMap((way) =>
    [...withValues(observation, packet, way), way].flatMap((one) => [
      ...withGateway(observation, packet, one, trouble.halfway),
      one,
    ]),
  );
  const [open, ...servers] = redirected(recording, packet, reason, values);
  const round = reason === 'routing-loop' ? roundLines(observation, values) : [];
  const others = round.flatMap((line) => withGateway(observation, packet, [{ ...line, or: false }]));
  const ways = [...servers, ...others, ...filled, ...(open === undefined ? [] : [open])];
  const byNft = (line: CureLine) =>
    trouble.halfway === null || nftHelps(recording.nft, line, trouble.halfway.headers);
  return joinCures(
    chosen(
      { ...choice, better, ways },
      (way) => way.every(byNft) && (way.every(marks) || helps(observation, trouble, way)),
    ),
  );
}

function verdictOf(recording: Recording, ended: EndFacts & { reason: Reason }): Verdict {
  const { observation, request, outcome } = recording;
  const { reason, node, object } = ended;
  const given = { from: request.from, to: request.to, result: outcome.result, ...ended.values };
  const values = { ...promptOf(observation, node), ...given, ...placeValues(observation, node, given), node };
  return {
    ...{ check: 'path', step: '', status: 'fail', reason, node, object },
    expected: '',
    observed: outcome.result,
    values: { ...values, asked: 'ping' },
    evidence: [outcome.evidence],
  };
}

/**
 * A router may have dropped a packet for a fault of its sender. The packet that carries one through a tunnel may be
 * dropped far from where it was seen last.
 */
function droppedIn({ node, values }: EndFacts): string {
  return values.carrier === undefined ? (values.seen?.split(':')[0] ?? values.router ?? node) : node;
}

const place = ({ node, link, values: { seen } }: EndFacts): string =>
  seen ?? (link === null ? node : `${node}:${link}`);

function headline(language: Language, ended: EndFacts, { request: { from, to } }: Recording): string {
  const { kind, by, link, node, values } = ended;
  const unanswered = kind === 'answer-lost' && link === null && values.next === undefined;
  const { behind = '', renamed = '', answer = '' } = values;
  const seen = place(ended);
  // A node that only made the packet was to send it by an interface of its own.
  const next = values.next?.startsWith(`${seen}:`) ? '' : (values.next ?? '');
  const given = { from, to, node, place: seen, behind, renamed, next, answer };
  const receiver = by === 'kernel' ? words[language].traces.byKernel : (by ?? '');
  const own: Partial<Record<EndFacts['kind'], Values>> = {
    delivered: { by: receiver },
    'answer-lost': { by: by === 'kernel' ? '' : (by ?? '') },
    refused: { by: by ?? node },
    dropped: { node: droppedIn(ended) },
  };
  return say(language, ({ ends, unanswered: none }) => (unanswered ? none : ends[kind]), {
    ...given,
    ...own[kind],
  });
}
