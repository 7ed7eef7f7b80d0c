import { useEffect, useState } from 'react';
import type { Result } from '../../protocol/methods.ts';
import type { Lab } from '../state/protocol-types.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';

type Preview = Result<'sessions.preview'>;
type Difference = Preview['differences'][number];

/** `reset`: the same step again, with the same mistake where one is hidden. */
export type ChangeRequest = { step: string } | 'reset' | 'reboot' | 'undo';

interface Props {
  bench: Bench;
  lab: Lab;
  /** The step the learner is at. */
  here: string;
  asked: ChangeRequest;
}

/**
 * The changes that goto, reset, reboot or undo would make, from the daemon, which compares the two machines.
 */
export function Changes({ bench, lab, here, asked }: Props) {
  const { words, language } = useWords();
  const { changes } = words;
  const [preview, setPreview] = useState<Preview | 'unknown' | null>(null);
  const step = typeof asked === 'string' ? null : asked.step;
  const kind = typeof asked === 'string' ? asked : 'goto';
  useEffect(() => {
    let open = true;
    const which = step !== null ? { step } : kind === 'reset' ? {} : { [kind]: true };
    const params = { session: bench.session, ...which };
    bench.link.call('sessions.preview', params).then(
      (previewed) => open && setPreview(previewed),
      () => open && setPreview('unknown'),
    );
    return () => {
      open = false;
    };
  }, [bench, step, kind]);

  if (preview === null) {
    return (
      <div className="changes" role="status">
        <progress aria-label={changes.comparing} /> <span className="quiet">{changes.comparing}</span>
      </div>
    );
  }
  if (preview === 'unknown') return <p className="changes quiet">{changes.unknown}</p>;
  const place = (id: string) => {
    const title = lab.prose[language].steps[id]?.title ?? id;
    return changes.step(lab.steps.findIndex((each) => each.id === id) + 1, title);
  };
  const lost = preview.differences.filter(({ change }) => change === 'lost');
  const gained = preview.differences.filter(({ change }) => change === 'gained');
  return (
    <div className="changes" role="status">
      {preview.step !== here && <p>{changes.moves(place(here), place(preview.step))}</p>}
      {preview.gone && <p>{changes.gone}</p>}
      {!preview.gone && lost.length + gained.length === 0 && <p>{changes.none}</p>}
      <Group sign="−" title={changes.lost} differences={lost} />
      <Group sign="+" title={changes.gained} differences={gained} />
    </div>
  );
}

function Group({ sign, title, differences }: { sign: string; title: string; differences: Difference[] }) {
  const { words } = useWords();
  if (differences.length === 0) return null;
  const kinds = [...new Set(differences.map(({ kind }) => kind))];
  const sum = kinds
    .map((kind) => words.changes.kinds[kind](differences.filter((each) => each.kind === kind).length))
    .join(', ');
  return (
    <details className={sign === '+' ? 'changes-gained' : 'changes-lost'} open={differences.length <= 8}>
      <summary>
        <strong>{title}</strong> {sum}
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <ul tabIndex={0} aria-label={`${title} ${sum}`}>
        {differences.map(({ node, kind, text }) => (
          <li key={`${node} ${kind} ${text}`}>
            <span className="changes-sign">{sign}</span>
            {kind !== 'node' && <strong>{node}</strong>} <code>{text}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
