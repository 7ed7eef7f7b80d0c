import type { Text } from '../language.ts';
import type { Evidence } from '../verdict/verdict.ts';
import { spoken } from './choices.ts';
import { sameAnswer } from './compare.ts';
import type { Prediction } from './prediction.ts';
import type { Truth } from './truth.ts';

/**
 * - `right`, `wrong`: the machine was asked, and says so.
 * - `too-early`, `too-late`: it is not in the state the question is about.
 * - `undecided`: it gave no answer; says nothing about the learner's.
 */
export const predictionOutcomes = ['right', 'wrong', 'too-early', 'too-late', 'undecided'] as const;

/** What a learner is told who has answered. */
export interface PredictionTold {
  step: string;
  prediction: string;
  outcome: (typeof predictionOutcomes)[number];
  answer: string[];
  /** The machine's answer, where it was asked and gave one. */
  truth: string[] | null;
  message: Text;
  /** Why it is so, where the kernel's state tells. */
  why: Text | null;
  evidence: Evidence[];
}

type Place = Pick<PredictionTold, 'step' | 'prediction' | 'answer'>;

/** The state is not the one the question is about. `check`: which shows it; null: all of the step's pass. */
export function untimely(
  place: Place,
  outcome: 'too-early' | 'too-late',
  check: string | null,
): PredictionTold {
  const message = outcome === 'too-early' ? early(check ?? '') : late(check);
  return { ...place, outcome, truth: null, message, why: null, evidence: [] };
}

export function told(place: Place, { choices }: Prediction, truth: Truth): PredictionTold {
  const { answer, why, evidence } = truth;
  const rest = { truth: answer, why, evidence };
  if (answer === null) return { ...place, ...rest, outcome: 'undecided', message: undecided };
  const right = sameAnswer(place.answer, answer);
  const said = spoken(place.answer, choices);
  const found = spoken(answer, choices);
  return right
    ? { ...place, ...rest, outcome: 'right', message: rightly(found) }
    : { ...place, ...rest, outcome: 'wrong', message: wrongly(said, found) };
}

const rightly = (found: Text): Text => ({
  en: `Correct: ${found.en}.`,
  ko: `맞습니다: ${found.ko}.`,
});

const wrongly = (said: Text, found: Text): Text => ({
  en: `You said: ${said.en}. The machine says: ${found.en}.`,
  ko: `예측: ${said.ko}. 머신의 대답: ${found.ko}.`,
});

const early = (check: string): Text => ({
  en: `The question is about what comes after the check ${check}, which does not pass yet. First do that.`,
  ko: `${check} 검사를 통과한 다음에 할 질문입니다. 아직 통과하지 못했으니 먼저 그 부분을 마치세요.`,
});

const late = (check: string | null): Text =>
  check === null
    ? {
        en: 'You have already finished this step, so the question no longer applies. Run `hoplab reset` to go back to its start.',
        ko: '단계를 이미 마쳐서 머신이 질문할 때의 상태가 아닙니다. hoplab reset으로 그 상태로 돌아갈 수 있습니다.',
      }
    : {
        en: `The check ${check} passes already, so the machine is no longer as the question has it. hoplab reset brings that state back.`,
        ko: `${check} 검사를 이미 통과해서 머신이 질문할 때의 상태가 아닙니다. hoplab reset으로 그 상태로 돌아갈 수 있습니다.`,
      };

const undecided: Text = {
  en: 'The machine gives no answer to this now; your answer counts as neither right nor wrong.',
  ko: '지금은 머신에서 답을 얻을 수 없습니다. 예측이 맞았는지 틀렸는지는 판단하지 않습니다.',
};
