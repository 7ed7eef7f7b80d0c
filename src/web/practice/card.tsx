import { useEffect, useRef } from 'react';
import { HintCard } from '../checks/hint-card.tsx';
import type { Snapshot } from '../state/protocol-types.ts';
import { useStore } from '../store/store.ts';
import type { Actions } from '../view/actions.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';
import './practice.css';
import { RevealedMistake } from './revealed.tsx';
import { Symptoms } from './symptoms.tsx';

interface Props {
  bench: Bench;
  snapshot: Snapshot;
  actions: Actions;
}

/** The search for the mistake that hoplab hid: the failing checks, the way to help, and the end. */
export function PracticeCard({ bench, snapshot, actions }: Props) {
  const { words } = useWords();
  const card = useRef<HTMLElement>(null);
  const { revealed, hint } = actions;
  const now = snapshot.practice?.state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is new about it is brought into view.
  useEffect(() => {
    // Not returned: a newer browser makes it a promise.
    void card.current?.scrollIntoView({ block: 'nearest' });
  }, [now, revealed]);
  const { practice } = words;
  const busy = useStore(bench.busy) !== undefined;
  if (!snapshot.practice) return null;
  const { state, seed } = snapshot.practice;
  const searching = state === 'broken';
  const verdicts = snapshot.steps.flatMap((step) => step.verdicts);
  // Whoever was shown the fault repairs it as well.
  const mended =
    state === 'shown' && verdicts.length > 0 && verdicts.every(({ status }) => status === 'pass');
  const end = mended ? 'repaired' : state;
  return (
    <section ref={card} className={`practice practice-${state}`} aria-labelledby="practice-title">
      <header>
        <h3 id="practice-title">{practice.title[state]}</h3>
        <span className="practice-seed">{practice.number(seed)}</span>
      </header>
      <p role="status">{practice.text[end]}</p>
      {end !== 'repaired' && <Symptoms snapshot={snapshot} />}
      {!searching && revealed && <RevealedMistake revealed={revealed} />}
      <div className="buttons">
        {searching ? (
          <>
            <button type="button" className="primary" disabled={busy} onClick={actions.check}>
              {words.checks.run}
            </button>
            <button type="button" disabled={busy} onClick={actions.askHint}>
              {hint && hint !== 'none' && hint.rung < 4 ? words.checks.more : words.checks.hint}
            </button>
            <button type="button" disabled={busy} onClick={actions.giveUp}>
              {practice.show}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="primary" disabled={busy} onClick={actions.practise ?? undefined}>
              {practice.another}
            </button>
            {!revealed && (
              <button type="button" disabled={busy} onClick={actions.reveal}>
                {practice.which}
              </button>
            )}
          </>
        )}
      </div>
      {searching && hint && <HintCard hint={hint} type={bench.type} />}
    </section>
  );
}
