import { useCallback, useState } from 'react';
import { playground } from '../../core/play/playground.ts';
import type { Practising, Question, RevealResult } from '../view/actions.ts';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';
import { SeedField } from './seed-field.tsx';

/** A mistake that hoplab hides, for the learner to find and repair. Hints end when the search is `over`. */
export function usePractice(
  { link, session, act }: Bench,
  lab: string,
  ask: (question: Question) => void,
  over: () => void,
): Practising {
  const { words } = useWords();
  const { practice } = words;
  const [revealed, setRevealed] = useState<RevealResult | null>(null);

  function reveal(): void {
    void act(async () => {
      setRevealed(await link.call('sessions.reveal', { session }));
      over();
    });
  }
  return {
    revealed,
    forget: useCallback(() => setRevealed(null), []),
    reveal,
    giveUp: () => ask({ title: practice.show, text: practice.showWhat, yes: practice.show, act: reveal }),
    practise: lab === playground ? null : practise,
  };

  function practise(): void {
    let seed = '';
    ask({
      title: practice.begin,
      text: practice.beginWhat,
      yes: practice.start,
      changes: (
        <SeedField
          choose={(given) => {
            seed = given;
          }}
        />
      ),
      act: () =>
        void act((progress) => {
          const chosen = seed.trim() === '' ? {} : { seed: Number(seed) };
          return link.call('sessions.break', { session, progress, ...chosen });
        }),
    });
  }
}
