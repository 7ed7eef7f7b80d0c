import { symptomsOf } from '../../core/practice/symptoms.ts';
import { parseInline } from '../../core/text/markdown.ts';
import { Mark } from '../checks/mark.tsx';
import { Inline } from '../prose/inline.tsx';
import type { Snapshot } from '../state/protocol-types.ts';
import { useWords } from '../words/use-words.ts';

/** The checks that fail; never the reason: to find it is the practice. */
export function Symptoms({ snapshot }: { snapshot: Snapshot }) {
  const { words, language } = useWords();
  const { practice } = words;
  const verdicts = snapshot.steps.flatMap((step) => step.verdicts);
  const { symptoms, more, unchecked } = symptomsOf(verdicts);
  if (symptoms.length === 0) {
    return <p className="quiet">{verdicts.length === 0 ? practice.looking : practice.nothing}</p>;
  }
  return (
    <div className="symptoms">
      <h4>{practice.symptoms}</h4>
      <ul>
        {symptoms.map(({ step, check, words: text }) => (
          <li key={`${step} ${check}`}>
            <Mark status="fail" />
            <span>
              <Inline parts={parseInline(text[language].expected)} />
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="quiet">{practice.more(more)}</p>}
      {unchecked > 0 && <p className="quiet">{practice.unchecked(unchecked)}</p>}
    </div>
  );
}
