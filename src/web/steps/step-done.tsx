import { type ReactNode, useEffect, useRef, useState } from 'react';
import { playground } from '../../core/play/playground.ts';
import type { Lab, Snapshot } from '../state/protocol-types.ts';
import { areDone } from '../state/standing.ts';
import type { Actions } from '../view/actions.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';

interface Props {
  bench: Bench;
  lab: Lab;
  snapshot: Snapshot;
  actions: Actions;
}

/** Says beside the terminal, where the eyes are, that a step is done or a hidden fault repaired, and offers the next. */
export function StepDone({ bench, lab, snapshot, actions }: Props) {
  const { words, language } = useWords();
  const [done, setDone] = useState<string | null>(null);
  const [isRepaired, setRepaired] = useState(false);
  const { viewed } = actions;
  const practice = snapshot.practice?.state;
  const before = useRef(practice);

  useEffect(
    () =>
      bench.following.onEvent(({ event }) => {
        if (event.type === 'step-done') setDone(event.step);
        if (event.type === 'step-broken' || event.type === 'machine') setDone(null);
      }),
    [bench],
  );
  useEffect(() => {
    setRepaired(before.current === 'broken' && practice === 'repaired');
    (before as { current: typeof practice }).current = practice;
  }, [practice]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever turns the page has seen it.
  useEffect(() => setDone(null), [viewed]);

  // Who builds by hand has finished when they say so.
  const at = lab.id === playground ? -1 : lab.steps.findIndex(({ id }) => id === done);
  const next = lab.steps[at + 1];
  const typed = snapshot.steps.some(({ shown }) => shown);
  return (
    <div className="step-done" role="status">
      {isRepaired ? (
        <News title={words.practice.title.repaired} close={() => setRepaired(false)}>
          {actions.practise && (
            <button type="button" className="small primary" onClick={actions.practise}>
              {words.practice.another}
            </button>
          )}
        </News>
      ) : (
        at >= 0 && (
          <News title={words.lab.doneStep(at + 1)} close={() => setDone(null)}>
            {next ? (
              <button type="button" className="small primary" onClick={() => actions.look(next.id)}>
                {lab.prose[language].steps[next.id]?.title ?? next.id} ›
              </button>
            ) : (
              areDone(snapshot) && words.lab[typed ? 'completeShown' : 'complete']
            )}
          </News>
        )
      )}
    </div>
  );
}

function News({ title, close, children }: { title: string; close(): void; children: ReactNode }) {
  const { words } = useWords();
  return (
    <p>
      <strong>{title}</strong>
      {children}
      <button
        type="button"
        className="icon"
        aria-label={words.lab.close}
        title={words.lab.close}
        onClick={close}
      >
        ×
      </button>
    </p>
  );
}
