import { parseInline } from '../../core/text/markdown.ts';
import { Drawer } from '../parts/drawer.tsx';
import { Inline } from '../prose/inline.tsx';
import type { Lab, Snapshot } from '../state/protocol-types.ts';
import { useWords } from '../words/use-words.ts';
import { Mark } from './mark.tsx';

interface Props {
  lab: Lab;
  snapshot: Snapshot;
  subject: { step: string; check: string };
  close(): void;
}

/** The expected and the observed state of a check, and the command that printed it. */
export function VerdictDetails({ lab, snapshot, subject: asked, close }: Props) {
  const { words, language } = useWords();
  const check = lab.steps.find(({ id }) => id === asked.step)?.checks.find(({ id }) => id === asked.check);
  const state = snapshot.steps.find(({ id }) => id === asked.step);
  const verdict = state?.verdicts.find((each) => each.check === asked.check);
  if (!check) return null;
  const verdictWords = verdict?.words[language];
  const facts = verdictWords
    ? ([
        [words.checks.expected, verdictWords.expected],
        [words.checks.observed, verdictWords.observed],
        [words.checks.why, verdictWords.why],
        [words.checks.where, verdictWords.where],
      ] as const)
    : [];
  const status = verdict?.status ?? 'unknown';
  return (
    <Drawer title={check.question[language]} close={close}>
      <p className={`verdict-status check-${status}`}>
        <Mark status={status} />
        <strong>{words.checks.status[status]}</strong>
      </p>
      {verdictWords?.message && (
        <p>
          <Inline parts={parseInline(verdictWords.message)} />
        </p>
      )}
      <dl className="facts">
        {facts
          .filter(([, text]) => text !== '')
          .map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Inline parts={parseInline(text)} />
              </dd>
            </div>
          ))}
      </dl>
      {verdict && verdict.evidence.length > 0 && (
        <section className="part">
          <h3>{words.checks.evidence}</h3>
          {verdict.evidence.map(({ on, command, output }) => (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
            <pre key={`${on} ${command}`} tabIndex={0}>
              <span className="evidence-command">{`${on}# ${command}`}</span>
              {`\n${output || words.checks.empty}`}
            </pre>
          ))}
        </section>
      )}
    </Drawer>
  );
}
