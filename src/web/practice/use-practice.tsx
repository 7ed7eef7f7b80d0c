import { useCallback, useState } from 'react';
import type { Result } from '../../protocol/methods.ts';
import type { Question } from '../parts/confirm.tsx';
import type { Bench } from '../view/bench.ts';
import { useWords } from '../words/use-words.ts';
import { SeedField } from './seed-field.tsx';

export type Revealed = Result<'sessions.reveal'>;

export interface Practising {
  /** Puts a mistake into a finished lab; which, is not said. */
  practise(): void;
  reveal(): void;
  /** Asks first where the search is not over. */
  giveUp(): void;
  revealed: Revealed | null;
  forget(): void;
}

/** A mistake that hoplab hides, for the learner to find and repair. Hints end when the search is `over`. */
export function usePractice(
  { link, session, act }: Bench,
  ask: (question: Question) => void,
  over: () => void,
): Practising {
  const { words } = useWords();
  const { practice } = words;
  const [revealed, setRevealed] = useState<Revealed | null>(null);

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
    practise() {
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
    },
  };
}
