import { type FormEvent, useState } from 'react';
import type { Language } from '../../core/language.ts';
import { type Inline as Part, parseInline } from '../../core/text/markdown.ts';
import type { Result } from '../../protocol/methods.ts';
import { Inline } from '../prose/inline.tsx';
import type { Step, StepState } from '../state/protocol-types.ts';
import { useStore } from '../store/store.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';

type Prediction = Step['predict'][number];
type AnswerResult = Result<'predictions.answer'>;

interface Props {
  bench: Bench;
  step: Step;
  prediction: Prediction;
  /** The answer of an earlier visit, if there is one. */
  before: StepState['predictions'][number] | undefined;
  question: Part[];
}

/** A question of the text, answered before looking: then the machine is asked. */
export function PredictionCard({ bench, step, prediction, before, question }: Props) {
  const { words } = useWords();
  const busy = useStore(bench.busy) !== undefined;
  const [result, setResult] = useState<AnswerResult | null>(null);
  const [again, setAgain] = useState(false);
  const open = again || (result === null && before === undefined);

  function answer(given: string[]): void {
    void bench.act(async () => {
      const asked = { session: bench.session, step: step.id, prediction: prediction.id, answer: given };
      setResult(await bench.link.call('predictions.answer', asked));
      setAgain(false);
    });
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's; the answer's own is inside.
    <div className="prediction-card" role="group" aria-label={words.prediction.title}>
      <p>
        <Inline parts={question} />
      </p>
      {open ? (
        <Answers prediction={prediction} busy={busy} answer={answer} />
      ) : (
        <div role="status">
          {result ? (
            <Outcome outcome={result} />
          ) : (
            before && <Earlier before={before} prediction={prediction} />
          )}
          <button type="button" className="small" disabled={busy} onClick={() => setAgain(true)}>
            {words.prediction.again}
          </button>
        </div>
      )}
    </div>
  );
}

interface AnswersProps {
  prediction: Prediction;
  busy: boolean;
  answer(given: string[]): void;
}

/** One of several, several of several, or written freely. */
function Answers({ prediction, busy, answer }: AnswersProps) {
  const { words, language } = useWords();
  const { choices, id } = prediction;
  const many = prediction.answer.kind === 'which';

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const given = new FormData(event.currentTarget).getAll('answer').map((each) => String(each).trim());
    const answers = given.filter((each) => each !== '');
    if (answers.length > 0 || many) answer(answers.length > 0 ? answers : ['none']);
  }
  return (
    <form onSubmit={submit}>
      {choices.length === 0 ? (
        <label className="prediction-free">
          {words.prediction.yours}
          <input name="answer" required autoComplete="off" spellCheck={false} />
        </label>
      ) : (
        <fieldset aria-label={words.prediction.yours}>
          {choices.map(({ value, text }) => (
            <label key={value} className="tick">
              <input type={many ? 'checkbox' : 'radio'} name="answer" value={value} required={!many} />
              <Inline parts={parseInline(text[language])} />
            </label>
          ))}
          {many && <p className="quiet">{words.prediction.many}</p>}
        </fieldset>
      )}
      <button type="submit" className="small primary" disabled={busy} id={`predict-${id}`}>
        {words.prediction.answer}
      </button>
    </form>
  );
}

function Outcome({ outcome: result }: { outcome: AnswerResult }) {
  const { words, language } = useWords();
  const sign = { right: '✓', wrong: '✗', 'too-early': '…', 'too-late': '…', undecided: '?' }[result.outcome];
  return (
    <>
      <p className={`prediction-outcome prediction-${result.outcome}`}>
        <strong aria-hidden="true">{sign}</strong> <Inline parts={parseInline(result.message[language])} />
      </p>
      {result.why?.[language].split('\n').map((line) => (
        <p key={line}>
          <Inline parts={parseInline(line)} />
        </p>
      ))}
      {result.evidence.length > 0 && (
        <details>
          <summary>{words.checks.evidence}</summary>
          {result.evidence.map(({ on, command, output }) => (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
            <pre key={`${on} ${command}`} className="prose-output" tabIndex={0}>
              {`${on}# ${command}\n${output || words.checks.empty}`}
            </pre>
          ))}
        </details>
      )}
    </>
  );
}

function Earlier({ before, prediction }: { before: NonNullable<Props['before']>; prediction: Prediction }) {
  const { words, language } = useWords();
  const say = (values: string[]) => spoken(values, prediction, language);
  return (
    <p className={`prediction-outcome prediction-${before.right ? 'right' : 'wrong'}`}>
      <strong aria-hidden="true">{before.right ? '✓' : '✗'}</strong>{' '}
      {before.right
        ? words.prediction.right(say(before.truth))
        : words.prediction.wrong(say(before.answer), say(before.truth))}
    </p>
  );
}

function spoken(values: string[], { choices }: Prediction, language: Language): string {
  return values
    .map((value) => choices.find((each) => each.value === value)?.text[language] ?? value)
    .join(', ');
}
