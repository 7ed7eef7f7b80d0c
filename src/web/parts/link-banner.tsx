import { useEffect, useState } from 'react';
import type { LinkState } from '../connection/link.ts';
import { useWords } from '../words/use-words.ts';

const farewell = 2500;

/** Says that the connection is lost, and that it is back. */
export function LinkBanner({ state }: { state: LinkState }) {
  const { words } = useWords();
  const [wasLost, setWasLost] = useState(false);
  useEffect(() => {
    if (state === 'lost') setWasLost(true);
    if (state !== 'open' || !wasLost) return;
    const timer = setTimeout(() => setWasLost(false), farewell);
    return () => clearTimeout(timer);
  }, [state, wasLost]);

  const { lost, back, mismatch } = words.link;
  const text =
    state === 'mismatch' ? mismatch : state === 'lost' ? lost : state === 'open' && wasLost ? back : '';
  return (
    <div className={`link-banner link-${state}`} role="status">
      {text}
    </div>
  );
}
