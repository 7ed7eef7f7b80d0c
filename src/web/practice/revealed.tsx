import { parseInline } from '../../core/text/markdown.ts';
import { Inline } from '../prose/inline.tsx';
import type { RevealResult } from '../view/actions.ts';
import { useWords } from '../words/use-words.ts';

/** The line as it was typed, the line that was meant, and the effect. */
export function RevealedMistake({ revealed }: { revealed: RevealResult }) {
  const { words, language } = useWords();
  const { practice } = words;
  return (
    <div className="revealed">
      <h4>{practice.was(revealed.title[language])}</h4>
      <dl>
        {revealed.lines.map(({ on, typedOn, typed, meant }) => (
          <div key={`${on} ${meant}`}>
            <dt>{practice.typed(typedOn)}</dt>
            <dd>{typed === null ? practice.leftOut : <code>{typed}</code>}</dd>
            <dt>{typedOn === on ? practice.meant : `${practice.meant} (${on})`}</dt>
            <dd>
              <code>{meant}</code>
            </dd>
          </div>
        ))}
      </dl>
      <p>
        {revealed.verdict ? (
          <Inline parts={parseInline(revealed.verdict.words[language].message)} />
        ) : (
          practice.repairedNow
        )}
      </p>
    </div>
  );
}
