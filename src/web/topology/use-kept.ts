import { useMemo, useRef, useState } from 'react';
import type { Place } from '../../core/picture/place.ts';
import { type Kept, keep, nothingKept, placesAfter, readKept } from './kept.ts';

export interface KeptPicture extends Kept {
  /** Moves cards; null: all back to where the layout has them. */
  place(places: Record<string, Place> | null): void;
  fold(folds: Record<string, boolean>): void;
  toggle(folded: ReadonlySet<string>): (id: string) => void;
}

/** The places and collapsed hosts that this browser keeps for a lab. */
export function useKept(lab: string, isKnown: (id: string) => boolean): KeptPicture {
  const known = useRef(isKnown);
  (known as { current: typeof isKnown }).current = isKnown;
  const [kept, setKept] = useState(() => readKept(lab));
  return useMemo(() => {
    const set = (change: (before: Kept) => Kept) =>
      setKept((before) => {
        const next = change(before);
        keep(lab, next);
        return next;
      });
    const fold = (folds: Kept['folds']) =>
      set((before) => ({ ...before, folds: { ...before.folds, ...folds } }));
    return {
      ...{ ...kept, fold },
      place: (places) =>
        set((before) => ({
          ...before,
          places: places === null ? nothingKept.places : placesAfter(before.places, places, known.current),
        })),
      toggle: (folded) => (id) => fold({ [id]: !folded.has(id) }),
    };
  }, [kept, lab]);
}
