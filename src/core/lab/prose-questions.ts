import { inEachLanguage, type Language } from '../language.ts';
import { nearest } from '../text/nearest.ts';
import { said } from '../text/said.ts';
import type { Step } from './lab.ts';
import type { Finding } from './problem.ts';
import { inProse, type ProseFile, type Section } from './prose-section.ts';

/** A paragraph that asks something to predict: bold words, the question, the prediction's id. */
const question = /^\*\*[^*]+\*\* +(.*\S) +\{#([a-z0-9-]+)\}$/gm;

/** A step's predictions with their questions, which stand in its prose. */
export function withQuestions(step: Step, sections: Record<Language, readonly Section[]>): Step {
  const ask = inEachLanguage((language) => questionsOf(sections[language], step.id));
  return {
    ...step,
    predict: step.predict.map((prediction) => ({
      ...prediction,
      ask: inEachLanguage((language) => ask[language].get(prediction.id) ?? ''),
    })),
  };
}

export function questionFindings(
  sections: readonly Section[],
  file: ProseFile,
  steps: readonly Step[],
): Finding[] {
  return steps.flatMap(({ id, predict }) => {
    const line = sections.find((section) => section.id === id)?.line ?? 1;
    const asked = [...questionsOf(sections, id).keys()];
    const known = predict.map((prediction) => prediction.id);
    return [
      ...known
        .filter((each) => !asked.includes(each))
        .map((each) => inProse(file, line, said('question-missing', { prediction: each }))),
      ...asked
        .filter((each) => !known.includes(each))
        .map((each) =>
          inProse(
            file,
            line,
            said('question-of-nothing', { question: each, near: nearest(each, known) ?? '' }),
          ),
        ),
    ];
  });
}

function questionsOf(sections: readonly Section[], step: string): Map<string, string> {
  const body = sections.find(({ id }) => id === step)?.body ?? '';
  return new Map([...body.matchAll(question)].map(([, text = '', id = '']) => [id, text]));
}
