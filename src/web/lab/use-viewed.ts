import { useCallback, useEffect, useState } from 'react';
import type { Lab } from '../state/protocol-types.ts';

/**
 * The step whose text is shown, '' for the introduction. It stands in the address, `#/s/SESSION/STEP`: Back leads to
 * the step before, and an address can be kept or handed on. `turned` hears of a page that was turned, stable.
 */
export function useViewed(
  session: string,
  lab: Lab,
  current: string,
  turned: () => void,
): [viewed: string, turn: (step: string) => void, follow: (step: string) => void] {
  const [viewed, setViewed] = useState(() => stepInAddress(session, lab) ?? current);

  useEffect(() => {
    const read = () => {
      const step = stepInAddress(session, lab);
      if (step === null) return;
      setViewed(step);
      turned();
    };
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, [session, lab, turned]);

  // A jump that no one turned a page for makes no entry in the history.
  useEffect(() => {
    if (stepInAddress(session, lab) !== viewed) history.replaceState(null, '', addressOf(session, viewed));
  }, [session, lab, viewed]);

  const turn = useCallback(
    (step: string) => {
      location.hash = addressOf(session, step);
      // The event of the address comes later: of two quick keys the second would turn to the same page again.
      setViewed(step);
    },
    [session],
  );
  return [viewed, turn, setViewed];
}

const addressOf = (session: string, step: string) => `#/s/${session}/${step}`;

/** Null where the address names no step of the lab. */
function stepInAddress(session: string, lab: Lab): string | null {
  const before = addressOf(session, '');
  if (!location.hash.startsWith(before)) return null;
  const step = location.hash.slice(before.length);
  return step === '' || lab.steps.some(({ id }) => id === step) ? step : null;
}
