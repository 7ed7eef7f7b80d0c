import { words } from '../explain/languages.ts';
import { inEachLanguage, type Text, untranslated } from '../language.ts';
import { type Choice, nowhere, type Question, standardAnswers } from './prediction.ts';

const outcomes = {
  ping: ['reply', 'no-route', 'host-unreachable', 'rejected', 'silence'],
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
  const standard = standardAnswers.find((each) => each === value);
  const text =
    standard === undefined
      ? untranslated(value)
      : inEachLanguage((language) => words[language].predictions.answers[standard]);
  return node ?? { value, text };
}

/** An answer in words: those of its choices, or as it was written. */
export function answerText(answer: readonly string[], choices: readonly Choice[]): Text {
  const found = answer.map((value) => choices.find((each) => each.value === value) ?? choiceOf(value, []));
  return inEachLanguage((language) => found.map(({ text }) => text[language]).join(', '));
}
