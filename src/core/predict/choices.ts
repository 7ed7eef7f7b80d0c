import type { Text } from '../language.ts';
import { type Choice, none, nothing, nowhere, type Question } from './prediction.ts';

/** Answers that mean the same in every lab. */
const standard: Record<string, Text> = {
  reply: { en: 'a reply', ko: '응답이 온다' },
  answer: { en: 'the connection is accepted', ko: '연결된다' },
  'no-route': {
    en: 'an error at once: Network is unreachable',
    ko: '곧바로 에러: Network is unreachable',
  },
  'host-unreachable': {
    en: 'an error after a while: Destination Host Unreachable',
    ko: '잠시 뒤 에러: Destination Host Unreachable',
  },
  rejected: { en: 'an error at once: somebody refuses', ko: '곧바로 에러: 누군가 거부한다' },
  silence: { en: 'nothing: silence', ko: '아무 응답이 없다' },
  [nowhere]: { en: 'nowhere: the answer comes back', ko: '어디서도 끊기지 않고 응답이 돌아온다' },
  [nothing]: { en: 'nothing arrives', ko: '아무것도 도착하지 않는다' },
  [none]: { en: 'none of them', ko: '해당 없음' },
};

const outcomes = {
  ping: ['reply', 'no-route', 'host-unreachable', 'silence'],
  tcp: ['answer', 'no-route', 'host-unreachable', 'rejected', 'silence'],
} as const;

/** The choices a question has by itself; none where its answer is typed freely. */
export function ownChoices({ kind }: Question, nodes: readonly Choice[]): Choice[] {
  if (kind === 'ping' || kind === 'tcp') return outcomes[kind].map((value) => choiceOf(value, nodes));
  return kind === 'dies-at' ? [...nodes, choiceOf(nowhere, nodes)] : [];
}

/** A value as a choice: a node by its title, a standard answer in its words, anything else as it is. */
export function choiceOf(value: string, nodes: readonly Choice[]): Choice {
  const node = nodes.find((each) => each.value === value);
  return node ?? { value, text: standard[value] ?? { en: value, ko: value } };
}

/** An answer in words: those of its choices, or as it was written. */
export function spoken(answer: readonly string[], choices: readonly Choice[]): Text {
  const found = answer.map((value) => choices.find((each) => each.value === value) ?? choiceOf(value, []));
  return { en: found.map(({ text }) => text.en).join(', '), ko: found.map(({ text }) => text.ko).join(', ') };
}
