import type { Words } from '../../words/en/page.ts';
import { CommandBlock } from '../prose/command-block.tsx';
import type { Step } from '../state/protocol-types.ts';
import type { Actions } from '../view/actions.ts';
import { useWords } from '../words/use-words.ts';

interface Props {
  step: Step;
  here: boolean;
  busy: boolean;
  actions: Actions;
  type(node: string, run: string): void;
}

/** Appears on request; the daemon types it on request too. */
export function Solution({ step, here, busy, actions, type }: Props) {
  const { words } = useWords();
  return (
    <details className="solution">
      <summary>{words.prose.solution}</summary>
      <CommandBlock commands={step.solution.map(({ on, run }) => ({ node: on, run }))} type={type} />
      {here && (
        <button type="button" className="small" disabled={busy} onClick={actions.apply}>
          {words.prose.apply}
        </button>
      )}
      {actions.applied && <p role="status">{appliedText(actions.applied, words.prose)}</p>}
    </details>
  );
}

function appliedText(
  { ok, lines }: NonNullable<Actions['applied']>,
  { applied, lineFailed }: Words['prose'],
): string {
  return ok ? applied(lines.length) : lineFailed(lines.at(-1)?.run ?? '');
}
