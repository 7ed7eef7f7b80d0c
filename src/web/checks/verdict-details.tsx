import { parseInline } from '../../core/text/markdown.ts';
import { Drawer } from '../parts/drawer.tsx';
import { Inline } from '../prose/inline.tsx';
import type { Lab, Snapshot } from '../state/protocol-types.ts';
import { useWords } from '../words/use-words.ts';
import { Mark } from './mark.tsx';

interface Props {
  lab: Lab;
  snapshot: Snapshot;
  shown: { step: string; check: string };
  close(): void;
}

/** What a check expected, what was seen, and the command that showed it. */
export function VerdictDetails({ lab, snapshot, shown, close }: Props) {
  const { words, language } = useWords();
  const check = lab.steps.find(({ id }) => id === shown.step)?.checks.find(({ id }) => id === shown.check);
  const state = snapshot.steps.find(({ id }) => id === shown.step);
  const verdict = state?.verdicts.find((each) => each.check === shown.check);
  if (!check) return null;
  const said = verdict?.words[language];
  const facts = said
    ? ([
        [words.checks.expected, said.expected],
        [words.checks.observed, said.observed],
        [words.checks.why, said.why],
        [words.checks.where, said.where],
      ] as const)
    : [];
  const status = verdict?.status ?? 'unknown';
  return (
    <Drawer title={check.question[language]} close={close}>
      <p className={`verdict-status check-${status}`}>
        <Mark status={status} />
        <strong>{words.checks.status[status]}</strong>
      </p>
      {said?.message && (
        <p>
          <Inline parts={parseInline(said.message)} />
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
