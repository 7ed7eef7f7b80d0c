import type { Ended } from '../../diagnose/trace/end-finding.ts';
import type { Language } from '../../language.ts';
import { isPacketReason, type PacketReason, type TraceEnd } from '../../path/recording/hop.ts';
import type { Recording } from '../../path/recording/recording.ts';
import { particles } from '../../text/particles.ts';
import { placeValues } from '../../verdict/places.ts';
import type { Reason } from '../../verdict/reasons.ts';
import { promptOf } from '../../verdict/shown.ts';
import type { Verdict } from '../../verdict/verdict.ts';
import { cure, explain } from '../explain.ts';
import { packetReasonWords } from './packet-reasons.ts';

/** An end in words: how it ended and where, why, and the commands that would change it. */
export function endWords(recording: Recording, ended: Ended): Pick<TraceEnd, 'text' | 'hints' | 'cure'> {
  const { reason } = ended;
  if (isPacketReason(reason)) return { ...onlyPackets(recording, ended, reason), hints: [] };
  if (reason === 'dropped-by-rule' && ended.object === null)
    return { ...byNftables(recording, ended), hints: [] };
  const verdict = reason === null ? null : verdictOf(recording, { ...ended, reason });
  const text = (language: Language) => {
    const why = verdict === null ? '' : explain(verdict, language).what;
    return [headline[language](ended, recording), why].filter((part) => part !== '').join(' ');
  };
  const both = (say: (language: Language) => string) => ({ en: say('en'), ko: say('ko') });
  if (verdict === null) return { text: both(text), hints: [], cure: [] };
  const rungs = (['where', 'idea'] as const).map((rung) =>
    both((language) => explain(verdict, language)[rung]),
  );
  return {
    text: both(text),
    hints: rungs.filter(({ en }) => en !== ''),
    cure: ended.kind === 'delivered' ? [] : cureOf(verdict),
  };
}

function onlyPackets(
  recording: Recording,
  ended: Ended,
  reason: PacketReason,
): Pick<TraceEnd, 'text' | 'cure'> {
  const { text, cure } = packetReasonWords[reason];
  const { en, ko } = text(ended.values);
  return {
    text: {
      en: `${headline.en(ended, recording)} ${en}`,
      ko: particles(`${headline.ko(ended, recording)} ${ko}`),
    },
    cure: cure(ended.values, promptOf(recording.observation, ended.node), (value) =>
      promptOf(recording.observation, ended.values[value] ?? ended.node),
    ),
  };
}

/** A rule that iptables does not show: nft does. */
function byNftables(recording: Recording, ended: Ended): Pick<TraceEnd, 'text' | 'cure'> {
  const { node, values } = ended;
  const { exec, shell } = promptOf(recording.observation, node);
  const { family = '', chain = '' } = values;
  const run = `${exec}nft -a list chain ${family} ${chain}`;
  const en = `A rule of nftables in ${node} drops it: chain ${chain}, family ${family}.`;
  const ko = `${node}의 nftables 규칙이 버립니다: ${family} 계열의 체인 ${chain}.`;
  const text = { en: `${headline.en(ended, recording)} ${en}`, ko: `${headline.ko(ended, recording)} ${ko}` };
  return { text, cure: [{ on: shell, run, or: false }] };
}

/** What only shows something changes nothing. */
const looks = /\b(route get|neigh show|tcpdump|nstat|getent|dig|curl)\b|\bip6?tables\S* .*-S\b/;

/** The server that the words for checks suggest speaks TCP. */
function cureOf(verdict: Verdict): TraceEnd['cure'] {
  const tcpOnly = verdict.reason === 'no-listener' || verdict.reason === 'port-closed';
  if (tcpOnly && verdict.values.protocol === 'udp') return [];
  return cure(verdict).filter(({ run }) => !looks.test(run));
}

function verdictOf(recording: Recording, ended: Ended & { reason: Reason }): Verdict {
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

/** A router may have dropped what its sender is to blame for. */
const droppedIn = ({ node, values }: Ended): string => values.seen?.split(':')[0] ?? values.router ?? node;

const place = ({ node, link, values: { seen } }: Ended): string =>
  seen ?? (link === null ? node : `${node}:${link}`);

/** What the answer says, where that is more than that it came. */
const saidEn = ({ values: { said } }: Ended): string => (said === undefined ? '' : ` with ${said}`);
const saidKo = ({ values: { said } }: Ended): string => (said === undefined ? '' : `(${said})`);

const expected: Record<Language, (ended: Ended) => string> = {
  en: ({ values: { next } }) => (next === undefined ? '' : `, expected next at ${next}`),
  ko: ({ values: { next } }) => (next === undefined ? '' : ` 다음에는 ${next}에서 보여야 합니다.`),
};

const headline: Record<Language, (ended: Ended, recording: Recording) => string> = {
  en: (ended, { request: { from, to } }) => {
    const by = ended.by === 'kernel' ? ' (answered by its kernel)' : ended.by ? ` (${ended.by})` : '';
    switch (ended.kind) {
      case 'delivered':
        if (ended.values.behind !== undefined)
          return `Delivered: something behind ${ended.values.behind}, in no node of the lab, answered, and the answer came back to ${from}.`;
        return `Delivered: ${ended.node}${by} answered${saidEn(ended)}, and the answer came back to ${from}.`;
      case 'refused':
        return `Rejected by ${ended.by ?? ended.node}.`;
      case 'dropped':
        return `Dropped in ${droppedIn(ended)}.`;
      case 'lost':
        return `Lost: last seen at ${place(ended)} on its way to ${to}${expected.en(ended)}. The trace does not show why.`;
      case 'answer-lost':
        if (ended.link === null && ended.values.next === undefined)
          return `No answer: the request arrived in ${ended.node}, and none was sent back.`;
        return `Answer lost: the request arrived, its answer was last seen at ${place(ended)}${expected.en(ended)}.`;
    }
  },
  ko: (ended, { request: { from, to } }) => {
    const by = ended.by === 'kernel' ? '(커널이 직접 에코에 응답)' : ended.by ? `(${ended.by})` : '';
    switch (ended.kind) {
      case 'delivered':
        if (ended.values.behind !== undefined)
          return `전달됨: 실습의 노드가 아닌 ${ended.values.behind} 뒤의 무언가가 응답했고, 그 응답이 ${from}에 돌아왔습니다.`;
        return `전달됨: ${ended.node}${by}의 응답${saidKo(ended)}이 ${from}에 돌아왔습니다.`;
      case 'refused':
        return `거부됨: ${ended.by ?? ended.node}에서 거절했습니다.`;
      case 'dropped':
        return `버려짐: ${droppedIn(ended)}에서 버려졌습니다.`;
      case 'lost':
        return `사라짐: ${to} 쪽으로 가다가 ${place(ended)}에서 마지막으로 보였습니다.${expected.ko(ended)} 이유는 보이지 않았습니다.`;
      case 'answer-lost':
        if (ended.link === null && ended.values.next === undefined)
          return `응답 없음: 요청은 ${ended.node}에 도착했지만, 돌려보낸 응답이 없습니다.`;
        return `응답이 사라짐: 요청은 도착했지만, 응답은 ${place(ended)}에서 마지막으로 보였습니다.${expected.ko(ended)}`;
    }
  },
};
