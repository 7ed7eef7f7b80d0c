import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { playground } from '../../core/play/playground.ts';
import { parseMarkdown } from '../../core/text/markdown.ts';
import { CheckList } from '../checks/list.tsx';
import { later } from '../parts/later.ts';
import { Pane } from '../parts/pane.tsx';
import { PracticeCard } from '../practice/card.tsx';
import { Block } from '../prose/block.tsx';
import { areDone } from '../state/standing.ts';
import { useStore } from '../store/store.ts';
import type { Actions } from '../view/actions.ts';
import type { PaneName, ViewProps } from '../view/panes.ts';
import { useWords } from '../words/use-words.ts';
import { Finished } from './finished.tsx';
import '../prose/prose.css';
import './steps.css';
import { StepBody } from './step-body.tsx';
import { StepsMenu } from './steps-menu.tsx';

const Toolbox = later(() => import('../play/toolbox.tsx'));

interface Props extends ViewProps {
  actions: Actions;
  maximised: PaneName | null;
  toggle(pane: PaneName): void;
  open(node: string): void;
}

/** The lab's text, one step at a time, with its commands to type and its checks to tick. */
export function ProsePane({ bench, lab, snapshot, actions, maximised, toggle, open }: Props) {
  const { words, language } = useWords();
  const busy = useStore(bench.busy) !== undefined;
  const body = useRef<HTMLDivElement>(null);
  const place = lab.steps.findIndex(({ id }) => id === actions.viewed);
  const step = lab.steps[place];
  const state = snapshot.steps.find(({ id }) => id === actions.viewed);
  const prose = lab.prose[language];
  const intro = useMemo(() => parseMarkdown(prose.intro), [prose]);
  const previous = place > 0 ? lab.steps[place - 1]?.id : place === 0 ? '' : undefined;
  const next = lab.steps[place + 1]?.id;
  const { type } = bench;
  const hasTask = lab.id !== playground;
  const finished = hasTask && step && next === undefined && snapshot.practice === null && areDone(snapshot);
  // How single checks stand would lead to the mistake: that it is found is the practice.
  const searching = snapshot.practice?.state === 'broken';

  const [opened, setOpened] = useState<string | null>(null);
  const showCheck = (check: string) => {
    setOpened(check);
    requestAnimationFrame(() => document.getElementById(`check-${check}`)?.focus());
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is read from its top.
  useEffect(() => {
    body.current?.scrollTo(0, 0);
    setOpened(null);
  }, [actions.viewed]);

  const tools = (
    <>
      <StepsMenu lab={lab} snapshot={snapshot} actions={actions} />
      {snapshot.practice === null && actions.practise !== null && (
        <button type="button" className="small" disabled={busy} onClick={actions.practise}>
          {words.practice.practise}
        </button>
      )}
    </>
  );
  return (
    <Pane name="prose" maximised={maximised} toggle={toggle} tools={tools}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div className="prose" ref={body} tabIndex={0}>
        {!hasTask && (
          <Suspense>
            <Toolbox bench={bench} />
          </Suspense>
        )}
        <PracticeCard bench={bench} snapshot={snapshot} actions={actions} />
        {step && state ? (
          <Aside aside={searching} title={words.practice.prose}>
            {hasTask && (
              <p className="prose-place">
                {words.lab.step(place + 1, lab.steps.length)}
                {state.broken && <span className="badge badge-bad">{words.lab.stepBroken}</span>}
                {!state.broken && state.doneAt !== null && (
                  <span className={state.shown ? 'badge' : 'badge badge-good'}>
                    {state.shown ? words.lab.stepShown : words.lab.stepDone}
                  </span>
                )}
              </p>
            )}
            <h3>{prose.steps[step.id]?.title ?? step.id}</h3>
            {step.id !== snapshot.step && (
              <button
                type="button"
                className="small goto"
                disabled={busy}
                onClick={() => actions.goto(step.id)}
              >
                {words.lab.goto}
              </button>
            )}
            <StepBody
              key={step.id}
              bench={bench}
              lab={lab}
              step={step}
              state={state}
              actions={actions}
              type={type}
              open={open}
              showCheck={searching ? null : showCheck}
            />
            {!searching && (
              <CheckList
                bench={bench}
                snapshot={snapshot}
                step={step}
                state={state}
                actions={actions}
                type={type}
                opened={opened}
                open={setOpened}
              />
            )}
          </Aside>
        ) : (
          <>
            <h3>{lab.title[language]}</h3>
            {intro.map((block, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text does not reorder.
              <Block key={index} block={block} open={open} />
            ))}
          </>
        )}
        {finished && <Finished bench={bench} snapshot={snapshot} actions={actions} />}
        {!searching && (
          <nav className="prose-turn" aria-label={words.lab.steps}>
            {previous !== undefined && (
              <button id="previous-step" type="button" onClick={() => actions.look(previous)}>
                ‹ {previous === '' ? words.lab.intro : words.lab.previous}
              </button>
            )}
            {next !== undefined && (
              <button
                id="next-step"
                type="button"
                className={!step || state?.doneAt ? 'primary' : ''}
                onClick={() => actions.look(next)}
              >
                {words.lab.next} ›
              </button>
            )}
          </nav>
        )}
      </div>
    </Pane>
  );
}

/** What has nothing to do with a search stands aside. */
function Aside({ aside, title, children }: { aside: boolean; title: string; children: ReactNode }) {
  if (!aside) return children;
  return (
    <details className="prose-aside">
      <summary className="prose-aside-title">{title}</summary>
      {children}
    </details>
  );
}
