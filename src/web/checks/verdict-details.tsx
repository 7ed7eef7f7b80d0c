import { parseInline } from '../../core/text/markdown.ts';
import { CommandBlock } from '../prose/command-block.tsx';
import { Inline } from '../prose/inline.tsx';
import type { Verdict } from '../state/protocol-types.ts';
import { useWords } from '../words/use-words.ts';

interface Props {
  id: string;
  verdict: Verdict | undefined;
  type(node: string, run: string): void;
}

/** Under its check: the expected and the observed state, and the commands that show them, to type. */
export function VerdictDetails({ id, verdict, type }: Props) {
  const { words, language } = useWords();
  const { checks } = words;
  if (!verdict) {
    return (
      <div id={id} className="verdict quiet">
        {checks.status.unknown}
      </div>
    );
  }
  const { expected, observed, why, where } = verdict.words[language];
  const facts = [
    [checks.expected, expected],
    [checks.observed, observed],
    [checks.why, why],
    [checks.where, where],
  ].filter(([, text]) => text !== '');
  return (
    <div id={id} className="verdict">
      <dl className="facts">
        {facts.map(([name, text = '']) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Inline parts={parseInline(text)} />
            </dd>
          </div>
        ))}
      </dl>
      {verdict.evidence.length > 0 && (
        <section>
          <h5>{checks.evidence}</h5>
          {verdict.evidence.map(({ on, command, output }) => (
            <div key={`${on} ${command}`}>
              <CommandBlock commands={[{ node: on, run: command }]} type={type} />
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
              <pre tabIndex={0}>{output || checks.empty}</pre>
            </div>
          ))}
        </section>
      )}
    </div>
  );
}
