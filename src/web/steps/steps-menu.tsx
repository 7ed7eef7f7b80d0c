import { useRef } from 'react';
import { useClosing } from '../parts/use-closing.ts';
import type { Lab, Snapshot } from '../state/protocol-types.ts';
import type { Actions } from '../view/actions.ts';
import { useWords } from '../words/use-words.ts';

/** All steps of the lab: which are done, which are broken, where the learner is. */
export function StepsMenu({ lab, snapshot, actions }: { lab: Lab; snapshot: Snapshot; actions: Actions }) {
  const { words, language } = useWords();
  const { stepBroken, stepDone, stepHere, stepShown } = words.lab;
  const menu = useRef<HTMLDetailsElement>(null);
  useClosing(menu);
  const look = (step: string) => {
    actions.look(step);
    if (menu.current) menu.current.open = false;
  };
  return (
    <details className="menu steps-menu" ref={menu}>
      <summary>{words.lab.steps}</summary>
      <ol className="menu-body">
        <li>
          <button type="button" aria-current={actions.viewed === '' || undefined} onClick={() => look('')}>
            <span className="step-mark" />
            {words.lab.intro}
          </button>
        </li>
        {snapshot.steps.map((step) => {
          const { id } = step;
          const state = stateOf(step, snapshot.step);
          const label = { broken: stepBroken, done: stepDone, shown: stepShown, here: stepHere, open: '' }[
            state
          ];
          return (
            <li key={id}>
              <button
                type="button"
                aria-current={actions.viewed === id || undefined}
                onClick={() => look(id)}
              >
                <span className={`step-mark step-${state}`}>
                  {state === 'done' ? '✓' : state === 'broken' ? '!' : ''}
                </span>
                {lab.prose[language].steps[id]?.title ?? id}
                {label && <span className="quiet">{label}</span>}
              </button>
            </li>
          );
        })}
      </ol>
    </details>
  );
}

function stateOf({ id, doneAt, shown, broken }: Snapshot['steps'][number], here: string) {
  if (broken) return 'broken';
  if (doneAt !== null) return shown ? 'shown' : 'done';
  return id === here ? 'here' : 'open';
}
