import type { Check } from '../check/check.ts';
import { readAnswer } from '../predict/compare.ts';
import type { Prediction } from '../predict/prediction.ts';
import { nearest } from '../text/nearest.ts';
import { said } from '../text/said.ts';
import type { Step } from './lab.ts';
import { type Finding, inLab } from './problem.ts';
import { whyAnswers } from './schema-predict.ts';

type Path = (string | number)[];

/** References of a step's predictions to missing things, and answers that can never be right. */
export function predictionFindings(
  step: Step,
  path: Path,
  unknownNode: (node: string, path: Path) => Finding[],
  unknownInCheck: (check: Check, path: Path) => Finding[],
): Finding[] {
  return step.predict.flatMap((prediction, index) => {
    const at = [...path, 'predict', index];
    const { answer } = prediction;
    const nodes = ['from', 'at', 'on'].flatMap((key) =>
      key in answer ? [[key, String(answer[key as keyof typeof answer])] as const] : [],
    );
    return [
      ...conditionFindings(prediction, step, at),
      ...nodes.flatMap(([key, node]) => unknownNode(node, [...at, 'answer', answer.kind, key])),
      ...('checks' in answer
        ? answer.checks.flatMap((check) => unknownInCheck(check, [...at, 'answer', answer.kind, check.id]))
        : []),
      ...answerFindings(prediction, at),
    ];
  });
}

function conditionFindings({ after, before }: Prediction, step: Step, path: Path): Finding[] {
  const own = step.checks.map(({ id }) => id);
  return Object.entries({ after, before }).flatMap(([key, ids]) =>
    ids
      .filter((id) => !own.includes(id))
      .map((id) => inLab([...path, key], said('no-check', { check: id, near: nearest(id, own) ?? '' }))),
  );
}

function answerFindings(prediction: Prediction, path: Path): Finding[] {
  const { answer, choices, expected } = prediction;
  const values = choices.map(({ value }) => value);
  if (answer.kind === 'why' && values.length === 0)
    return [inLab([...path, 'answer', 'why'], said('why-needs-choices'))];
  const never = answer.kind === 'why' ? values.find((value) => !whyAnswers.includes(value)) : undefined;
  const strange =
    never === undefined
      ? []
      : [
          inLab(
            [...path, 'choices'],
            said('unknown-reason', { reason: never, near: nearest(never, whyAnswers) ?? '' }),
          ),
        ];
  if (expected === null || values.length === 0 || readAnswer(prediction, expected) !== null) return strange;
  const wrong = said('no-choice', { expected: expected.join(', '), choices: values.join(', ') });
  return [...strange, inLab([...path, 'expected'], wrong)];
}
