import { useCallback, useEffect, useState } from 'react';
import type { Result } from '../../protocol/methods.ts';
import { usePractice } from '../practice/use-practice.tsx';
import type { Hint } from '../state/protocol-types.ts';
import type { Actions, Question } from '../view/actions.ts';
import type { ViewProps } from '../view/panes.ts';
import { useWords } from '../words/use-words.ts';
import { type ChangeRequest, Changes } from './changes.tsx';
import { RebootKeeps } from './reboot-keeps.tsx';
import { useViewed } from './use-viewed.ts';

type Applied = Result<'steps.apply'>;

export function useActions({ bench, lab, snapshot }: ViewProps): Actions {
  const { words, language } = useWords();
  const { session, link } = bench;
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const [hint, setHint] = useState<Hint | 'none' | null>(null);
  const [applied, setApplied] = useState<Applied | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);
  const turned = useCallback(() => {
    setHint(null);
    setApplied(null);
  }, []);
  const [viewed, look, setViewed] = useViewed(session, lab, snapshot.step, turned);
  const { forget, ...practising } = usePractice(bench, lab.id, setQuestion, () => setHint(null));
  const title = (step: string) => lab.prose[language].steps[step]?.title ?? step;
  const searching = snapshot.practice?.state === 'broken';
  const andSearchEnds = searching ? ` ${words.practice.ends}` : '';

  // A jump takes the text along; passing a step does not: the learner reads on when ready.
  useEffect(
    () =>
      bench.following.onEvent(({ event }) => {
        if (event.type === 'verdict' && event.verdict.status === 'pass') {
          const { step, check } = event.verdict;
          setHint((given) => (isOf(given, step, check) ? null : given));
        }
        if (event.type === 'practice' && event.state !== 'broken') setHint(null);
        if (event.type !== 'step-entered' || event.how === 'advance') return;
        setViewed(event.step);
        turned();
        forget();
      }),
    [bench, forget, setViewed, turned],
  );

  function replace(method: 'sessions.reset' | 'sessions.reboot'): void {
    void bench.act((progress) => link.call(method, { session, progress }));
  }

  const changes = (asked: ChangeRequest) => (
    <Changes bench={bench} lab={lab} here={snapshot.step} asked={asked} />
  );
  const checkedStep = viewed || snapshot.step;
  return {
    ...practising,
    viewed,
    look,
    isAsked: (step) => asked.has(step),
    check() {
      // A learner who looks for a mistake does not know in which step it is: all checks run.
      if (!searching) setAsked((before) => new Set([...before, checkedStep]));
      void bench.act(() => link.call('checks.run', { session, ...(searching ? {} : { step: checkedStep }) }));
    },
    hint,
    askHint() {
      void bench.act(async () => {
        const { hint } = await link.call('sessions.hint', { session });
        setHint(hint ?? 'none');
        if (hint && snapshot.practice === null) setViewed(hint.step);
      });
    },
    applied,
    apply() {
      void bench.act(async () => {
        const typed = await link.call('steps.apply', { session });
        setApplied(typed);
        bench.terminals.showTyped(typed.lines);
      });
    },
    goto(step) {
      setQuestion({
        title: words.lab.goto,
        text: words.lab.gotoWhat(title(step)) + andSearchEnds,
        yes: words.lab.goto,
        // A comparison with the right state would reveal a hidden mistake.
        changes: searching ? null : changes({ step }),
        act: () => void bench.act((progress) => link.call('sessions.goto', { session, step, progress })),
      });
    },
    reset() {
      setQuestion({
        title: words.lab.reset,
        text: searching ? words.practice.resetWhat : words.lab.resetWhat(title(snapshot.step)),
        yes: words.lab.reset,
        changes: changes('reset'),
        act: () => replace('sessions.reset'),
      });
    },
    reboot() {
      setQuestion({
        title: words.lab.reboot,
        text: words.lab.rebootWhat + andSearchEnds,
        yes: words.lab.reboot,
        changes: (
          <>
            <RebootKeeps />
            {changes('reboot')}
          </>
        ),
        act: () => replace('sessions.reboot'),
      });
    },
    undo() {
      if (!snapshot.canUndo) return;
      setQuestion({
        title: words.lab.undo,
        text: words.lab.undoWhat,
        yes: words.lab.undo,
        changes: changes('undo'),
        act: () => void bench.act(() => link.call('sessions.undo', { session })),
      });
    },
    question,
    ask: () => setQuestion(null),
  };
}

/** A hint has done its work when its check passes. */
const isOf = (hint: Hint | 'none' | null, step: string, check: string) =>
  hint !== null && hint !== 'none' && hint.step === step && hint.check === check;
