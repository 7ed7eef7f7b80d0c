import { phrase, words } from '../explain/languages.ts';
import type { Template } from '../explain/template.ts';
import { inEachLanguage, type Text } from '../language.ts';
import type { Evidence } from '../verdict/verdict.ts';
import { answerText } from './choices.ts';
import { sameAnswer } from './compare.ts';
import type { Prediction } from './prediction.ts';
import type { Truth } from './truth.ts';
import type { PredictionWords } from './words.ts';

/**
 * - `right`, `wrong`: by the machine's answer.
 * - `too-early`, `too-late`: it is not in the state the question is about.
 * - `undecided`: it gave no answer; no judgement of the learner's.
 */
export const predictionOutcomes = ['right', 'wrong', 'too-early', 'too-late', 'undecided'] as const;

/** The result that a learner gets for an answer. */
export interface PredictionResult {
  step: string;
  prediction: string;
  outcome: (typeof predictionOutcomes)[number];
  answer: string[];
  /** The machine's answer, where it was asked and gave one. */
  truth: string[] | null;
  message: Text;
  /** The reason, if the kernel's state has it. */
  why: Text | null;
  evidence: Evidence[];
}

type Place = Pick<PredictionResult, 'step' | 'prediction' | 'answer'>;

/** The state is not the one the question is about. `check`: which shows it; null: all of the step's pass. */
export function untimelyResult(
  place: Place,
  outcome: 'too-early' | 'too-late',
  check: string | null,
): PredictionResult {
  const kind = outcome === 'too-early' ? 'early' : 'late';
  const message = messageOf((own) => own[kind], { check });
  return { ...place, outcome, truth: null, message, why: null, evidence: [] };
}

export function predictionResult(place: Place, { choices }: Prediction, truth: Truth): PredictionResult {
  const { why, evidence } = truth;
  const rest = { ...place, truth: truth.answer, why, evidence };
  if (truth.answer === null)
    return { ...rest, outcome: 'undecided', message: messageOf(({ undecided }) => undecided, {}) };
  const outcome = sameAnswer(place.answer, truth.answer) ? 'right' : 'wrong';
  const answers = { answer: answerText(place.answer, choices), truth: answerText(truth.answer, choices) };
  return { ...rest, outcome, message: messageOf((own) => own[outcome], answers) };
}

function messageOf(
  template: (own: PredictionWords) => Template,
  values: Record<string, Text | string | null>,
): Text {
  return inEachLanguage((language) => {
    const own = words[language];
    const inLanguage = (value: Text | string | null) =>
      value === null || typeof value === 'string' ? (value ?? '') : value[language];
    const given = Object.entries(values).map(([name, value]) => [name, inLanguage(value)]);
    return phrase(own, template(own.predictions), Object.fromEntries(given));
  });
}
